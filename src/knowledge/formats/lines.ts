/** A line without its terminator; `start` is the offset of its first character, `next` that of the line that follows. */
export type Line = { text: string; start: number; next: number };

/** The lines of a text from an offset on. A line ends with CRLF, LF or CR (CommonMark 0.31.2, section 2.1). */
export function* lines(text: string, from: number): Generator<Line, void> {
  const terminator = /\r\n|\n|\r/g;
  let start = from;
  while (start < text.length) {
    terminator.lastIndex = start;
    const match = terminator.exec(text);
    const end = match?.index ?? text.length;
    const next = end + (match?.[0].length ?? 0);
    yield { text: text.slice(start, end), start, next };
    start = next;
  }
}
