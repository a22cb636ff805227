import { reportStates } from "#contracts";
import type { OpenReport } from "../report-data.ts";
import { sayRung, sayTime, stateWords } from "../words.ts";

/** What became of a task, how its answer was found, and in which arm. */
export function RowLine({ opened: { index, report, armNames }, row }: { opened: OpenReport; row: number }) {
  const { rows } = index;
  const state = reportStates[rows.state[row]!]!;
  const rung = rows.rung[row] ?? "";
  return (
    <p className="sample-line">
      <span className="state" data-state={state}>
        {stateWords[state]}
      </span>
      {rung !== "" && ` · answer found ${sayRung(rung)}`} ·{" "}
      <bdi className="arm-name">{armNames[rows.arm[row]!]}</bdi>
      {report.repeats > 1 && ` · repeat ${rows.repeat[row]! + 1}`} · {sayTime(rows.milliseconds[row] ?? 0)}
    </p>
  );
}
