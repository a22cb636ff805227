import { goldTexts } from "../rewards/gold.ts";
import type { Refusal } from "./check-rollout.ts";
import type { QuestionLeak, TestSetLeaks } from "./manifest.ts";
import type { ExportedRollout } from "./rollout-schema.ts";

/** A question as leaks are looked for in it: all of its words, and its images. */
export type LookedAt = {
  id: string;
  text: string;
  /** By the SHA-256 of the data set's own file; empty where it is not known. */
  images: readonly { sha256: string; read(): Promise<Uint8Array> }[];
};

/** Looks for the questions and images of evaluation sets. */
export type LeakFinder = {
  /** The first thing that is met; null where nothing is. */
  find(question: LookedAt, signal?: AbortSignal): Promise<QuestionLeak | null>;
  /** The count of all that was looked at so far, by set. */
  summarize(): TestSetLeaks[];
};

/** Refuses a question that an evaluation set has as well. */
export async function checkLeaks(
  question: ExportedRollout["question"],
  request: { finder: LeakFinder; images: LookedAt["images"]; signal?: AbortSignal | undefined },
): Promise<Refusal | null> {
  const { finder, images, signal } = request;
  const words = [question.text, ...question.options.map(({ text }) => text), ...goldTexts(question)];
  const leak = await finder.find({ id: question.id, text: words.join("\n"), images }, signal);
  if (!leak) return null;
  const message = `The evaluation set ${leak.set} has it as well (sample ${leak.sample}: ${leak.reason}).`;
  return { reason: "leaked", message };
}
