import { sha256 } from "#platform";

/** Bytes of UTF-8 that a VARCHAR of Milvus holds at most: https://milvus.io/docs/limitations.md. */
export const longestText = 65_535;
const pieceBytes = 60_000;

/**
 * What stands in a column for a text: itself where it fits, else a mark with its SHA-256, so that the two are equal exactly when
 * the texts are. A half of a surrogate pair, which UTF-8 has no form for, becomes U+FFFD.
 */
export function columnValue(text: string): string {
  const written = text.toWellFormed();
  return fits(written) ? written : `\u0000${sha256(written)}`;
}

export function fits(text: string): boolean {
  return text.length * 3 <= longestText || Buffer.byteLength(text) <= longestText;
}

/** The texts that do not fit into their columns, whole, as a list of pieces that do; empty where all fit. */
export function overflowPieces(row: Readonly<Record<string, string>>): string[] {
  const long = Object.entries(row).flatMap(([column, text]) => {
    const written = text.toWellFormed();
    return fits(written) ? [] : [[column, written] as const];
  });
  return long.length === 0 ? [] : cut(JSON.stringify(Object.fromEntries(long)));
}

/** What `overflowPieces` was given of the columns that did not fit. */
export function readOverflow(pieces: readonly string[]): Readonly<Record<string, string>> {
  return pieces.length === 0 ? {} : JSON.parse(pieces.join(""));
}

function cut(text: string): string[] {
  const pieces: string[] = [];
  // Three bytes a UTF-16 unit at most, and no cut through a surrogate pair.
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + pieceBytes / 3);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
