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
  seconds: number;
  interrupted: boolean;
  refuse(refusal: Place & { error: unknown }): void;
};

export function newReport(): AddReport {
  const refused: AddReport["refused"] = [];
  return {
    added: { passages: 0, documents: 0, cases: 0 },
    unchanged: { documents: 0, cases: 0 },
    replaced: { documents: 0, cases: 0 },
    refused,
    skipped: {},
    notes: [],
    seconds: 0,
    interrupted: false,
    refuse: ({ error, ...where }) => {
      refused.push({ ...where, ...toFailure(error) });
    },
  };
}
