import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { lineTooLong, type Piece, splitLines } from "#platform";
import { decodeText } from "./content.ts";

/** A line of UTF-8 text without its terminator, or why it can't be read. */
export type TextLine = { line: number; bytes: number } & ({ text: string } | { failure: Failure });

/** The lines of a text file in constant memory, without byte order mark. */
export async function* textLines(pieces: AsyncIterable<Piece>): AsyncGenerator<TextLine, void> {
  for await (const { line, content, bytes } of splitLines(pieces)) {
    if (content === "too-long") {
      yield { line, bytes, failure: lineTooLong(line) };
      continue;
    }
    const text = decodeText(content);
    if (text !== undefined) yield { line, bytes, text: cleanEnds(text, line) };
    else {
      const error = new MedRoundsError("file-not-text", `Line ${line} is not UTF-8 text.`, { line });
      yield { line, bytes, failure: toFailure(error) };
    }
  }
}

function cleanEnds(text: string, line: number): string {
  const from = line === 1 && text.startsWith("\uFEFF") ? 1 : 0;
  return text.slice(from, text.endsWith("\r") ? -1 : undefined);
}
