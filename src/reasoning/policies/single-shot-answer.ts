import { z } from "zod";
import type { Answer } from "#contracts";
import { sentences } from "#text";
import { parseChoice } from "#transcript";
import type { RoundState } from "../policy.ts";
import { readObject } from "./json-reply.ts";
import { readModelAnswer, withoutCitations } from "./model-answer.ts";
import { splitThought } from "./written-calls.ts";

/** What the MedRAG toolkit has a model reply with. */
export const singleShotSchema = z.object({ step_by_step_thinking: z.string(), answer_choice: z.string() });

const choiceKey = '"answer_choice"';

/**
 * An answer from a reply that should be JSON of `step_by_step_thinking` and `answer_choice`, read tolerantly: values of another type, JSON
 * that is broken off, and plain text are read, too. The answer is the choice, with those sentences of the thinking that cite something.
 * `stated` is the choice in the reply's own words. Undefined where the reply holds no answer.
 */
export function readSingleShot(
  text: string,
  state: RoundState,
): { thought: string; stated: string; answer: Answer } | undefined {
  const { thinking, choice } = readFields(text);
  if (choice === "") return undefined;
  const { options } = state.question;
  const label = options.length > 0 ? parseChoice(withoutCitations(choice), options) : null;
  const option = options.find((one) => one.label === label);
  const said =
    option && choice.length <= option.label.length + 2 ? `${option.label}. ${option.text}` : choice;
  const cited = sentences(thinking).flatMap((one) => (/\[\d/.test(one.text) ? [one.text.trim()] : []));
  const answer = readModelAnswer([said, ...cited].join("\n"), state);
  return {
    thought: thinking,
    stated: choice,
    answer: { ...answer, choice: label, abstained: options.length > 0 && label === null },
  };
}

function readFields(text: string): { thinking: string; choice: string } {
  const { thought, rest } = splitThought(text);
  const read = z
    .object({ step_by_step_thinking: z.unknown(), answer_choice: z.unknown() })
    .safeParse(readObject(text)).data;
  if (read?.answer_choice !== undefined) {
    const own = toText(read.step_by_step_thinking);
    return { thinking: own === "" ? thought : own, choice: toText(read.answer_choice) };
  }
  const place = rest.lastIndexOf(choiceKey);
  if (place < 0) return { thinking: thought, choice: rest.trim() };
  const behind = /^\s*:\s*"?((?:[^"\\]|\\.)*)/.exec(rest.slice(place + choiceKey.length))?.[1] ?? "";
  const before = rest.slice(0, place).replace(/^\s*(?:```\w*\s*)?\{\s*"step_by_step_thinking"\s*:\s*"?/, "");
  return {
    thinking: before.replace(/"?\s*,?\s*$/, "").trim(),
    choice: behind.replace(/[\s}`]+$/, "").trim(),
  };
}

/** Models write lists where a text is wanted. */
function toText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(toText).join("\n").trim();
  return (typeof value === "string" ? value : JSON.stringify(value)).trim();
}
