import type { Failure } from "#contracts";
import type { LeakSummary } from "#text";
import type { Usage } from "./extract.ts";
import type { Refusal } from "./sentence-rules.ts";

/** A row that gave nothing, by the name of its file and its line. */
type RowFailure = Failure & { file: string; line: number };

/** What became of the rows and their sentences. Every count is of the whole input, whichever run asked for it. */
export type DistillationReport = {
  rows: number;
  withoutExplanation: number;
  /** Rows that can't be read. */
  refused: RowFailure[];
  /** Rows that the model gave nothing usable for; the next run asks again. */
  failed: RowFailure[];
  /** Rows whose question or explanation is a test question; they were not sent. */
  leakedRows: number;
  /** Rows that this run asked for, and rows whose reply was there already. */
  asked: number;
  fromLog: number;
  sentences: {
    received: number;
    /** Left out by rule. */
    filtered: Partial<Record<Refusal, number>>;
    duplicates: number;
    leaked: number;
    kept: number;
  };
  /** Lines written. */
  written: number;
  /** Of this run, and of the replies that the output was made of. */
  usage: { run: Usage; output: Usage };
  /** Test questions met in what was left out, by set. */
  testSets: LeakSummary[];
  seconds: number;
};

export function newDistillationReport(): DistillationReport {
  return {
    rows: 0,
    withoutExplanation: 0,
    refused: [],
    failed: [],
    leakedRows: 0,
    asked: 0,
    fromLog: 0,
    sentences: { received: 0, filtered: {}, duplicates: 0, leaked: 0, kept: 0 },
    written: 0,
    usage: { run: newUsage(), output: newUsage() },
    testSets: [],
    seconds: 0,
  };
}

function newUsage(): Usage {
  return { requests: 0, inputTokens: 0, outputTokens: 0 };
}
