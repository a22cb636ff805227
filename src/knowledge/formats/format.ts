import { type Failure, toFailure } from "#contracts";
import type { Piece } from "#platform";
import type { SourceDocument } from "../document.ts";
import type { Row } from "./row.ts";

/** A file as a format reads it. */
export type FormatFile = {
  /** Its path below the folder that is added: the id of a document that states none. */
  name: string;
  /** Its content, uncompressed, to be read once. What it throws is for the caller of `read`. */
  pieces: AsyncIterable<Piece>;
};

/**
 * What a file holds: documents, rows about images (`case`), and what can't be one of them. `line` is where it stands in the file, from 1;
 * `bytes` how much of the file was read up to there, where that can be said more exactly than by the pieces that were taken.
 */
export type FormatItem = { line?: number; bytes?: number } & (
  | { type: "document"; document: SourceDocument }
  | { type: "case"; row: Row }
  | { type: "refused"; failure: Failure }
);

/** A kind of file that holds documents. */
export type DocumentFormat = {
  /** What `--format` calls it. */
  name: string;
  /** Endings of its files, lower case, with the dot. A format that shares one is told from the others by `recognizes`. */
  extensions: readonly string[];
  /** Whether a file of no telling name is of this format. `head` are its first characters, up to 64 kB, without byte order mark. */
  recognizes(head: string): boolean;
  /**
   * The documents of a file, in order; a bad one is refused alone. Throws what is wrong with the file as a whole after the documents
   * before it were given. A format for large files reads in constant memory.
   */
  read(file: FormatFile): AsyncIterable<FormatItem>;
};

/** What `read` gives as an item of a file, or the refusal with what it throws. A defect is refused as one. */
export function itemOf(read: () => SourceDocument): FormatItem {
  try {
    return { type: "document", document: read() };
  } catch (error) {
    return { type: "refused", failure: toFailure(error) };
  }
}
