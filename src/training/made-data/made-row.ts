/** A row of made data, with what it is checked and counted by. */
export type MadeRow = {
  id: string;
  /** As the source states it; "not stated" where it does not. */
  license: string;
  /** What is compared with evaluation sets: the texts that a model would learn. */
  texts: readonly string[];
  /** SHA-256 of the files of its images. */
  images: readonly string[];
  /** Empty where unknown. */
  patient: string;
  /** What is written. */
  fields: Readonly<Record<string, unknown>>;
};

/** What was kept apart: a whole item, or, where `part` is told, a part of one whose rest may be a row. `reason` is a stable word. */
export type MadeFailure = { id: string; reason: string; message: string; part?: string };

/** What became of one item of the source. */
export type Made = { rows: readonly MadeRow[]; failures: readonly MadeFailure[] };

/** An item that gave nothing but a failure. */
export function keptApart(id: string, reason: string, message: string): Made {
  return { rows: [], failures: [{ id, reason, message }] };
}

/** An image as rows name it: a file relative to their folder, and the SHA-256 of the file that it was made of, by which it is known. */
export type MadeImage = { name: string; sha256: string };
