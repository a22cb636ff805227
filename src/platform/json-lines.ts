import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { splitLines } from "./byte-lines.ts";
import { type Piece, readPieces } from "./compressed.ts";

/** A line of a JSON-lines file: its number from 1, and the object on it or why there is none. `bytes` of the file were read so far. */
export type JsonLine = { line: number; bytes: number } & (
  | { type: "object"; value: Record<string, unknown> }
  | { type: "refused"; failure: Failure }
);

/**
 * Reads a JSON-lines file, also compressed, line by line in constant memory. Empty lines are passed over. A bad line is refused alone;
 * damage to the file itself is thrown as `readPieces` does, after the lines before it were given.
 */
export function readJsonLines(file: string, signal?: AbortSignal): AsyncGenerator<JsonLine> {
  return parseJsonLines(readPieces(file, signal));
}

/** The lines of JSON lines that come in pieces, as `readJsonLines` gives them. */
export async function* parseJsonLines(pieces: AsyncIterable<Piece>): AsyncGenerator<JsonLine> {
  for await (const { line, content, bytes } of splitLines(pieces)) {
    if (content === "too-long") yield { line, bytes, type: "refused", failure: lineTooLong(line) };
    else if (!isBlank(content)) yield { line, bytes, ...parseLine(content, line) };
  }
}

/** What a line over the limit is refused with. */
export function lineTooLong(line: number): Failure {
  return toFailure(new MedRoundsError("row-too-long", `Line ${line} is longer than 16 MB.`, { line }));
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function parseLine(
  line: Uint8Array,
  number: number,
): { type: "object"; value: Record<string, unknown> } | { type: "refused"; failure: Failure } {
  try {
    const value: unknown = JSON.parse(decoder.decode(line));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { type: "object", value: value as Record<string, unknown> };
    }
  } catch {
    // Reported below, like JSON that is not an object.
  }
  const message = `Line ${number} is not a JSON object.`;
  return {
    type: "refused",
    failure: toFailure(new MedRoundsError("row-not-json", message, { line: number })),
  };
}
