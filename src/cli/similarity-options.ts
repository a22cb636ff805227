import { type Command, Option } from "commander";
import { MedRoundsError } from "#contracts";
import type { ServerOptions } from "#server";

export type SimilarityOptions = { imageText?: string; similarityImages?: string[] };

/** Adds what the similarity service of Med-RwR's image reward needs. */
export function addSimilarityOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--image-text <source>",
        "an image–text model for /biomedclip: onnx:FOLDER of a CLIP-like model",
      ),
    )
    .addOption(
      new Option("--similarity-images <dir...>", "the folders from which /biomedclip may read images"),
    );
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
