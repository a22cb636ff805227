import { type Command, Option } from "commander";
import { MedRoundsError } from "#contracts";
import type { ServerOptions } from "#server";

export type SimilarityOptions = { imageText?: string; similarityImages?: string[] };

/** Adds what the similarity service of Med-RwR's image reward needs. */
export function addSimilarityOptions(command: Command): Command {
  const options = [
    new Option("--image-text <source>", "an image–text model: onnx:FOLDER of a CLIP-like model"),
    new Option("--similarity-images <dir...>", "the folders from which images may be read"),
  ];
  for (const option of options) command.addOption(option.helpGroup("Similarity service, at /biomedclip:"));
  return command;
}

/** Throws `usage-invalid` where one of the two is given alone. */
export function readSimilarityOptions({
  imageText,
  similarityImages = [],
}: SimilarityOptions): Pick<ServerOptions, "similarity"> {
  if (imageText === undefined && similarityImages.length === 0) return {};
  if (imageText === undefined || similarityImages.length === 0) {
    throw new MedRoundsError("usage-invalid", "--image-text and --similarity-images go together.");
  }
  return { similarity: { source: imageText, folders: similarityImages } };
}
