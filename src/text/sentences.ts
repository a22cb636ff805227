import { continuesAfter } from "./abbreviations.ts";

/** A sentence without surrounding white space; `text` is the source's text from `start` to `end`. */
export type Sentence = { start: number; end: number; text: string };

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Where a block ends: a blank line, or a line break before a list item ("- ", "2. ") or a label ("Impression:"). */
const blockBreak =
  /\r?\n[^\S\n]*\r?\n\s*|\r?\n(?=[^\S\n]*(?:[-*•–][^\S\n]|\d{1,2}[.)][^\S\n]|[A-Z][A-Za-z /]{1,30}:))/g;
const bullet = /^[-*•–]\s+/;
const lineBreak = /[\n\r\u0085\u2028\u2029]/g;

/**
 * Sentences in order, with exact offsets into `text`; together they hold everything but white space and bullets.
 * Unicode sentence boundaries (UAX #29) of each block, and those before a number, joined again after abbreviations, initials
 * and list numbers.
 * A single line break within a block is a space: clinical text is often hard-wrapped.
 */
export function sentences(text: string): Sentence[] {
  const result: Sentence[] = [];
  let start = 0;
  for (const match of text.matchAll(blockBreak)) {
    addBlock(result, { text, start, end: match.index });
    start = match.index + match[0].length;
  }
  addBlock(result, { text, start, end: text.length });
  return result;
}

function addBlock(result: Sentence[], block: Sentence): void {
  const source = block.text.slice(block.start, block.end);
  const flat = source.replace(lineBreak, " ");
  let start = flat.length - flat.trimStart().length;
  start += bullet.exec(flat.slice(start, start + 64))?.[0].length ?? 0;
  for (const end of findEnds(flat)) {
    if (end <= start) continue;
    if (end < flat.length && continuesAfter({ text: flat, start, end })) continue;
    const piece = source.slice(start, end);
    const trimmed = piece.trim();
    const first = block.start + start + piece.length - piece.trimStart().length;
    if (trimmed !== "") result.push({ start: first, end: first + trimmed.length, text: trimmed });
    start = end;
  }
}

/** UAX #29 sees no boundary in "… effusion. 3 of the 11 …", since a lower-case word follows the number. */
const beforeNumber = /[\p{L}\d)\]%]{2}[.!?]["'”’)\]]*\s+(?=\d)/gu;

function* findEnds(text: string): Generator<number> {
  for (const { index, segment } of segmenter.segment(text)) {
    for (const match of segment.matchAll(beforeNumber)) yield index + match.index + match[0].length;
    yield index + segment.length;
  }
}
