/** A `[n]` or `[n, m]` in an answer, with the numbers that it names, in order. */
export type CitationMark = { start: number; end: number; numbers: number[] };

const mark = /\[(\d{1,4}(?:\s*[,;]\s*\d{1,4}){0,20})\]/g;

/** The citations in an answer's text. Whether there is such evidence is not asked. */
export function readCitationMarks(text: string): CitationMark[] {
  return Array.from(text.matchAll(mark), ({ 0: whole, 1: list = "", index }) => ({
    start: index,
    end: index + whole.length,
    numbers: list.split(/[,;]/).map(Number),
  }));
}
