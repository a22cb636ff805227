import type { AnsweredSample, Measured } from "../answers/answer.ts";
import type { AskedJudge } from "./ask-prompt.ts";

/** How answers are measured by asking a model. */
export type JudgeMethod = {
  /** The measure's name; its value is 0–1, 1 is best. */
  name: string;
  title: string;
  /** Of all prompts that it asks. */
  hash: string;
  /** What compares texts for it, where something does. */
  embedder?: string;
  /** Null where it does not apply to the sample. Rejects with the signal's reason alone. */
  measure(answered: AnsweredSample, asked: AskedJudge): Promise<Measured | null>;
};
