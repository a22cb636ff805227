import { MedRoundsError, type Option } from "#contracts";
import { readPrompt } from "../../imports/prompt-parts.ts";
import type { FewShotRecord } from "./few-shot-record.ts";

/** What a record shows and asks, read by its structure alone, whatever its wording. */
export type RecordContent = {
  exemplars: readonly { image: string; answer: string }[];
  /** The image that is asked about. */
  query: string;
  options: readonly Option[];
};

/**
 * The exemplars of a record beside their images, and its options. Examples may be numbered from 0 or from 1, with lines `<image>` or without.
 *
 * @throws MedRoundsError `few-shot-file-invalid` where there is not one image for each example and one for the question
 */
export function readRecord({ prompt, images }: Pick<FewShotRecord, "prompt" | "images">): RecordContent {
  const { options, exemplars } = readPrompt(prompt);
  const query = images.at(-1);
  if (query === undefined || images.length !== exemplars.length + 1) {
    const message = `A record has ${images.length} images for ${exemplars.length} examples and a question.`;
    throw new MedRoundsError("few-shot-file-invalid", message, { images: images.length });
  }
  return { exemplars: exemplars.map((answer, index) => ({ image: images[index]!, answer })), query, options };
}
