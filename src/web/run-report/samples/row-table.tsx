import { type UIEvent, useEffect, useRef, useState } from "react";
import { type ReportIndex, reportStates } from "#contracts";
import { shorten } from "../../plain-text.ts";
import { openRow } from "../address.ts";
import type { RowSort, SortKey } from "../sort-rows.ts";
import { sayFigure, sayRung, sayTime, stateWords } from "../words.ts";

const rowHeight = 44;
const spare = 10;

const columns: { key: SortKey; title: string; isAmount?: boolean }[] = [
  { key: "state", title: "State" },
  { key: "sample", title: "Sample" },
  { key: "said", title: "Said" },
  { key: "rung", title: "Found" },
  { key: "confidence", title: "Confidence", isAmount: true },
  { key: "time", title: "Time", isAmount: true },
];

/** A table of which only the rows in sight are in the document. */
export function RowTable(props: {
  index: ReportIndex;
  armNames: readonly string[];
  shown: Int32Array;
  sort: RowSort;
  onSort: (sort: RowSort) => void;
}) {
  const { index, armNames, shown, sort, onSort } = props;
  const region = useRef<HTMLElement>(null);
  const [view, setView] = useState({ top: 0, height: 900 });
  const look = ({ currentTarget }: UIEvent<HTMLElement>) =>
    setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is read from its start.
  useEffect(() => {
    region.current?.scrollTo(0, 0);
  }, [shown]);
  const from = Math.max(0, Math.min(Math.floor(view.top / rowHeight) - spare, shown.length - 1));
  const to = Math.min(shown.length, Math.ceil((view.top + view.height) / rowHeight) + spare);
  const sortBy = (key: SortKey) => {
    if (sort.key !== key) return onSort({ key, descending: false });
    return onSort(sort.descending ? { key: "order", descending: false } : { key, descending: true });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section className="row-region" ref={region} onScroll={look} tabIndex={0} aria-label="Table of answers">
      <table className="rows-table" aria-rowcount={shown.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ key, title, isAmount }) => (
              <th
                key={key}
                scope="col"
                data-column={key}
                className={isAmount ? "amount" : undefined}
                aria-sort={sort.key === key ? (sort.descending ? "descending" : "ascending") : undefined}
              >
                <button type="button" onClick={() => sortBy(key)}>
                  {title}
                  {sort.key === key && (sort.descending ? " ↓" : " ↑")}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from > 0 && <tr className="spacer" style={{ height: from * rowHeight }} />}
          {Array.from(shown.subarray(from, to), (row, place) => (
            <Row key={row} {...{ index, armNames }} row={row} place={from + place} />
          ))}
          {to < shown.length && <tr className="spacer" style={{ height: (shown.length - to) * rowHeight }} />}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  index: { samples, rows },
  armNames,
  row,
  place,
}: {
  index: ReportIndex;
  armNames: readonly string[];
  row: number;
  place: number;
}) {
  const sample = rows.sample[row]!;
  const state = reportStates[rows.state[row]!]!;
  const name = shorten(samples.sourceIds[sample] ?? "", 40) || samples.ids[sample];
  const confidence = rows.confidence[row] ?? null;
  return (
    <tr aria-rowindex={place + 2}>
      <td data-column="state">
        <span className="state" data-state={state}>
          {stateWords[state]}
        </span>
      </td>
      <td data-column="sample">
        <button type="button" className="row-name" onClick={() => openRow("samples", { row, beside: null })}>
          <bdi>{name}</bdi>
          {armNames.length > 1 && <span className="row-arm"> · {armNames[rows.arm[row]!]}</span>}
        </button>
        <div className="row-question">
          <bdi>{shorten(samples.questions[sample] ?? "", 160)}</bdi>
        </div>
      </td>
      <td data-column="said">
        <div className="row-line">
          <bdi>{shorten(rows.said[row] ?? "", 120) || "–"}</bdi>
        </div>
        {state !== "right" && (
          <div className="row-question">
            right: <bdi>{shorten(samples.golds[sample] ?? "", 100)}</bdi>
          </div>
        )}
      </td>
      <td data-column="rung">{sayRung(rows.rung[row] ?? "") || "–"}</td>
      <td data-column="confidence" className="amount">
        {sayFigure(confidence)}
      </td>
      <td data-column="time" className="amount">
        {sayTime(rows.milliseconds[row] ?? 0)}
      </td>
    </tr>
  );
}
