import { type Failure, toFailure } from "#contracts";

/** A file or row that was not added, and why. `file` is its path below the folder that was added. */
type Refusal = { file: string; line?: number; id?: string } & Failure;

type Counts = { passages: number; documents: number; cases: number };

/** What an addition did. Grows while it runs. */
export type AddReport = {
  added: Counts;
  /** Documents and cases that were there already with the same content. */
  unchanged: { documents: number; cases: number };
  /** Documents and cases whose content took the place of an older one (only with `replace`). */
  replaced: { documents: number; cases: number };
  refused: Refusal[];
  /** Files of no known type, by extension. */
  skipped: Record<string, number>;
  /** What was done to an image so that it could be used, by file. */
  notes: { file: string; note: string }[];
  seconds: number;
  interrupted: boolean;
  refuse(refusal: { file: string; line?: number; id?: string; error: unknown }): void;
};

export function newReport(): AddReport {
  const refused: Refusal[] = [];
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
