import type { Report, ReportSample } from "#contracts";
import { readRunFile } from "../runner/run-file.ts";
import { compareToldRuns } from "./compare-answer-runs.ts";
import { joinReports } from "./join-reports.ts";
import { armIn, nameRuns } from "./name-runs.ts";
import { openTable, type SampleTable } from "./row-table.ts";
import { tellRun } from "./tell-run.ts";

/**
 * The figures of a run, or of two beside each other; their samples go into a table, the first run's first, and each in full to `onSample`.
 *
 * @throws MedRoundsError `run-missing`, `run-unreadable`, `run-unscored`, and the errors of reading files
 */
export async function readReport(
  request: { folder: string; second?: string | undefined; signal?: AbortSignal | undefined },
  {
    table = openTable(),
    onSample = () => {},
  }: { table?: SampleTable; onSample?: (sample: ReportSample) => Promise<void> | void } = {},
): Promise<Report> {
  const { folder, second, signal } = request;
  if (second === undefined) return (await tellRun({ folder, table, onSample, signal })).report;
  const names = nameRuns([
    { folder, run: await readRunFile(folder, signal) },
    { folder: second, run: await readRunFile(second, signal) },
  ]);
  const tell = (one: string, name: string) =>
    tellRun({ folder: one, table, nameArm: (id) => armIn(name, id), onSample, signal });
  const told = await tell(folder, names[0]);
  const other = await tell(second, names[1]);
  return joinReports(told.report, other.report, compareToldRuns(told, other, names));
}
