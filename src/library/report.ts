import { extname } from "node:path";
import { type Failure, toFailure } from "#contracts";

/**
 * Where something that was not added stands: a file by its path below the folder that was added, a row by its file and its line
 * there, and the corpus that it was to be added to, since several folders may have a manifest.
 */
type Place = { file: string; line?: number; id?: string; corpus?: string };

type Counts = { passages: number; documents: number; cases: number };

/** What an addition did. Grows while it runs. */
export type AddReport = {
  added: Counts;
  /** Documents and cases that were there already with the same content. */
  unchanged: { documents: number; cases: number };
  /** Documents and cases whose content took the place of an older one (only with `replace`). */
  replaced: { documents: number; cases: number };
  refused: (Place & Failure)[];
  /** Files of no known type, by extension. */
  skipped: Record<string, number>;
  /** What was done to an image so that it could be used, and folders that were passed over, by file. */
  notes: { file: string; note: string }[];
  /** DICOM files that were de-identified, and what was done to how many of their attributes. */
  deidentified: { files: number; removed: number; emptied: number; replaced: number; shifted: number };
  seconds: number;
  interrupted: boolean;
  /** Counts a file of no known type. */
  skip(file: string): void;
  countDeidentified(changes: Omit<AddReport["deidentified"], "files">): void;
  refuse(refusal: Place & { error: unknown }): void;
};

export function newReport(): AddReport {
  const refused: AddReport["refused"] = [];
  const skipped: AddReport["skipped"] = {};
  const deidentified = { files: 0, removed: 0, emptied: 0, replaced: 0, shifted: 0 };
  return {
    added: { passages: 0, documents: 0, cases: 0 },
    unchanged: { documents: 0, cases: 0 },
    replaced: { documents: 0, cases: 0 },
    refused,
    skipped,
    notes: [],
    deidentified,
    seconds: 0,
    interrupted: false,
    skip: (file) => {
      const extension = extname(file) || "no extension";
      skipped[extension] = (skipped[extension] ?? 0) + 1;
    },
    countDeidentified: ({ removed, emptied, replaced, shifted }) => {
      deidentified.files += 1;
      deidentified.removed += removed;
      deidentified.emptied += emptied;
      deidentified.replaced += replaced;
      deidentified.shifted += shifted;
    },
    refuse: ({ error, ...where }) => {
      refused.push({ ...where, ...toFailure(error) });
    },
  };
}
