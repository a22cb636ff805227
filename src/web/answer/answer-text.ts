import { sentences } from "#text";
import { cut, plain } from "../plain-text.ts";

/**
 * A stretch of an answer: words, or a citation. `cited` tells whether the sentence that the words belong to cites evidence,
 * `unsupported` that no evidence bears it.
 */
export type Run =
  | { type: "text"; text: string; cited: boolean; unsupported?: true }
  | { type: "citation"; number: number };

/** An answer in the order of reading: one sentence in large type, where it is short enough, and paragraphs. */
export type AnswerText = {
  headline: readonly Run[];
  paragraphs: readonly (readonly Run[])[];
  /** Characters that are not among these. */
  left: number;
};

const longestHeadline = 240;
const markers = /(?:\s*\[\d{1,5}\])+/g;

/**
 * Takes an answer apart. `lead` is what it may begin with, such as the chosen option's name. `numbers` are those of the round's evidence: a `[7]` that points to nothing stays text. Only the first
 * `limit` characters are read.
 */
export function readAnswer(
  text: string,
  { numbers, limit, lead = "" }: { numbers: ReadonlySet<number>; limit: number; lead?: string },
): AnswerText {
  const shown = cut(text, limit);
  const paragraphs = plain(shown)
    .split(/\n\s*\n/)
    .map((paragraph, index) => readParagraph(paragraph.trim(), { numbers, lead: index === 0 ? lead : "" }))
    .filter((runs) => runs.length > 0);
  const [first = [], ...rest] = paragraphs;
  const end = headlineEnd(first);
  const body = end === 0 ? first : first.slice(end);
  return {
    headline: first.slice(0, end),
    paragraphs: body.length > 0 ? [body, ...rest] : rest,
    left: text.length - shown.length,
  };
}

/** The lead, an option's name, is a sentence of its own: “C. Pneumothorax.” reads like the start of a list. */
function readParagraph(
  paragraph: string,
  { numbers, lead }: { numbers: ReadonlySet<number>; lead: string },
): Run[] {
  const rest = lead !== "" && paragraph.startsWith(lead) ? paragraph.slice(lead.length) : undefined;
  const stop = rest === undefined ? undefined : /^(?:\.(?=\s|$)|$)/.exec(rest)?.[0];
  if (rest === undefined || stop === undefined) return readRuns(paragraph, numbers);
  return [{ type: "text", text: lead + stop, cited: false }, ...readRuns(rest.slice(stop.length), numbers)];
}

function readRuns(paragraph: string, numbers: ReadonlySet<number>): Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (const match of paragraph.matchAll(markers)) {
    const cited = [...match[0].matchAll(/\d+/g)].map(([digits]) => Number(digits));
    if (!cited.every((number) => numbers.has(number))) continue;
    addSentences(runs, paragraph.slice(start, match.index), true);
    runs.push(...cited.map((number): Run => ({ type: "citation", number })));
    start = match.index + match[0].length;
  }
  addSentences(runs, paragraph.slice(start), false);
  return runs;
}

/** Adds words a sentence a run. What stands directly before a citation is cited; so is punctuation directly after one. */
function addSentences(runs: Run[], text: string, citedAtEnd: boolean): void {
  const tail = runs.length > 0 ? (/^[.,;:!?…)]+/.exec(text)?.[0] ?? "") : "";
  if (tail !== "") runs.push({ type: "text", text: tail, cited: true });
  const rest = text.slice(tail.length);
  const found = sentences(rest);
  for (const [index, { start }] of found.entries()) {
    const end = found[index + 1]?.start ?? rest.length;
    const isLast = index === found.length - 1;
    const before = index === 0 ? 0 : start;
    runs.push({ type: "text", text: rest.slice(before, end), cited: isLast && citedAtEnd });
  }
}

/** How many runs of the first paragraph are the headline: its first sentence with the citations that follow it. */
function headlineEnd(runs: readonly Run[]): number {
  const [first] = runs;
  if (first?.type !== "text" || first.text.length > longestHeadline) return 0;
  const after = runs.findIndex(
    (run, index) => index > 0 && run.type === "text" && !/^[.,;:!?…)]+$/.test(run.text),
  );
  return after === -1 ? runs.length : after;
}
