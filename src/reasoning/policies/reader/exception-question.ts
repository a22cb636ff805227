import { sentences } from "#text";

const exception =
  /\b(?:except|excluding|not|cannot|false|incorrect|untrue|wrong|(?<!\bat )least)\b|\w(?:n['’]t)\b/i;

/** Whether the sentence that asks wants what is not so ("All of these are causes of gout, except"). Reads English. */
export function asksForException(question: string): boolean {
  return exception.test(sentences(question).at(-1)?.text ?? "");
}
