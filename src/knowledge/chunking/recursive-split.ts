import { type Span, trimSpan } from "../span.ts";

const separators = ["\n\n", "\n", " ", ""];

/**
 * LangChain's `RecursiveCharacterTextSplitter` as MedRAG calls it: the text is cut before each of the first separator that it holds
 * (blank line, line end, space, else before each character); pieces of `size` characters or more are cut again by the separators
 * that follow; pieces in a row are gathered up to `size`, and each passage begins with as many of the last one's pieces as fit
 * into `overlap`. Passages are without whitespace at their ends. Characters are Unicode's (code points), as Python counts them.
 */
export function recursiveSplit(text: string, limits: { size: number; overlap: number }): Span[] {
  const count = /[\uD800-\uDBFF]/.test(text)
    ? ({ start, end }: Span) => [...text.slice(start, end)].length
    : ({ start, end }: Span) => end - start;
  const splitter = { text, ...limits, count };
  return split(splitter, { start: 0, end: text.length }, separators)
    .map((span) => trimSpan(text, span))
    .filter(({ start, end }) => end > start);
}

type Splitter = { text: string; size: number; overlap: number; count: (span: Span) => number };

function split(splitter: Splitter, span: Span, candidates: readonly string[]): Span[] {
  const { text, size, count } = splitter;
  const content = text.slice(span.start, span.end);
  const found = candidates.findIndex((candidate) => content.includes(candidate));
  const finer = candidates.slice(found + 1);
  const result: Span[] = [];
  let short: Span[] = [];
  const gatherShort = () => {
    result.push(...gather(splitter, short));
    short = [];
  };
  for (const piece of piecesBefore(text, span, candidates[found] ?? "")) {
    if (count(piece) < size) {
      short.push(piece);
      continue;
    }
    gatherShort();
    result.push(...(finer.length === 0 ? [piece] : split(splitter, piece, finer)));
  }
  gatherShort();
  return result;
}

/** The span cut before each separator, which so begins the piece that follows it; into characters where it is empty. */
function piecesBefore(text: string, span: Span, separator: string): Span[] {
  const content = text.slice(span.start, span.end);
  const ends: number[] = [];
  if (separator === "") {
    let end = 0;
    for (const character of content) {
      end += character.length;
      ends.push(end);
    }
  } else {
    let at = content.indexOf(separator);
    for (; at !== -1; at = content.indexOf(separator, at + separator.length)) ends.push(at);
  }
  const pieces: Span[] = [];
  let { start } = span;
  for (const end of [...ends.map((offset) => span.start + offset), span.end]) {
    if (end > start) pieces.push({ start, end });
    start = end;
  }
  return pieces;
}

/** Pieces in a row as passages of at most `size` characters, as LangChain's `_merge_splits` joins them. */
function gather({ size, overlap, count }: Splitter, pieces: readonly Span[]): Span[] {
  const passages: Span[] = [];
  const current: { span: Span; length: number }[] = [];
  let total = 0;
  const close = () => {
    const first = current[0];
    const last = current.at(-1);
    if (first && last) passages.push({ start: first.span.start, end: last.span.end });
  };
  for (const span of pieces) {
    const length = count(span);
    if (total + length > size) {
      close();
      while (total > overlap || (total + length > size && total > 0)) {
        total -= current.shift()?.length ?? 0;
      }
    }
    current.push({ span, length });
    total += length;
  }
  close();
  return passages;
}
