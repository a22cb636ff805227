import { sentences } from "#text";
import { type CitationMark, readCitationMarks } from "./citation-marks.ts";
import { claimsNothing } from "./claims-nothing.ts";

/** A sentence of an answer. `words` is its text without citations and marks of Markdown; `cited` the numbers that it cites. */
export type AnswerSentence = {
  start: number;
  end: number;
  words: string;
  cited: number[];
  claims: boolean;
};

/** Further sentences are not checked. */
const mostChecked = 300;

/** The sentences of an answer in order, with exact offsets; a citation behind the period belongs to the sentence before it. */
export function readAnswerSentences(
  text: string,
  options: readonly { label: string; text: string }[] = [],
): AnswerSentence[] {
  const marks = readCitationMarks(text);
  // As long as the answer, so that offsets stay.
  let bare = text.replace(/[*_`]/g, " ");
  for (const { start, end } of marks) bare = bare.slice(0, start) + " ".repeat(end - start) + bare.slice(end);
  const found = sentences(bare).map(({ start, end, text: words }) => ({
    start,
    end,
    words,
    cited: [] as number[],
  }));
  for (const mark of marks) found[sentenceOf(mark, found, text)]?.cited.push(...mark.numbers);
  return found.map((sentence, index) => ({
    ...sentence,
    claims: index < mostChecked && !claimsNothing(sentence.words, options),
  }));
}

/** A citation at the beginning of a line, as in a list of references, belongs to what follows it. */
function sentenceOf(
  mark: CitationMark,
  found: readonly { start: number; end: number }[],
  text: string,
): number {
  let low = 0;
  for (let high = found.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (found[middle]!.start <= mark.start) low = middle + 1;
    else high = middle;
  }
  const before = found[low - 1];
  if (!before) return 0;
  const beginsLine = mark.start >= before.end && text.slice(before.end, mark.start).includes("\n");
  return beginsLine && low < found.length ? low : low - 1;
}
