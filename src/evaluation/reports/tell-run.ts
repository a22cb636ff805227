import type { Report, ReportSample } from "#contracts";
import { readRunBaselines } from "../runner/run-baselines.ts";
import { type RunFile, readRunFile } from "../runner/run-file.ts";
import { readRunLeaks } from "../runner/run-leaks.ts";
import { buildReport } from "./build-report.ts";
import { type CollectedRun, collectRun } from "./collect-run.ts";
import { openTable, type SampleTable } from "./row-table.ts";

/** A run with its figures. */
export type ToldRun = { run: RunFile; collected: CollectedRun; report: Report };

/**
 * Reads a run from its folder and tells its figures.
 *
 * @throws MedRoundsError `run-missing`, `run-unreadable`, `run-unscored`, and the errors of reading files
 */
export async function tellRun(request: {
  folder: string;
  /** Where its samples go, if they are wanted. */
  table?: SampleTable;
  nameArm?: (id: string) => string;
  onSample?: (sample: ReportSample) => Promise<void> | void;
  signal?: AbortSignal | undefined;
}): Promise<ToldRun> {
  const { folder, table = openTable(), nameArm = (id) => id, onSample = () => {}, signal } = request;
  const run = await readRunFile(folder, signal);
  const collected = await collectRun({ folder, run, table, nameArm, onSample, signal });
  const leaks = (await readRunLeaks(folder, signal))?.leaks;
  const baselines = (await readRunBaselines(folder, signal))?.baselines;
  return { run, collected, report: buildReport({ run, collected, leaks, baselines }) };
}
