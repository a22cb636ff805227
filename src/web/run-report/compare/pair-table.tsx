import { useMemo } from "react";
import type { Report, ReportComparison, ReportPair } from "#contracts";
import { shorten } from "../../plain-text.ts";
import { nameArm } from "../arm-name.ts";
import { ColumnHeads } from "../column-heads.tsx";
import { IntervalChart } from "../results/interval-chart.tsx";
import { Notes } from "../results/notes.tsx";
import { sayFigure, sayInterval, sayP, signed } from "../words.ts";

/** Each arm of the second run beside the one of the first that is like it; one is chosen to see its answers. */
export function PairTable(props: {
  report: Report;
  comparison: ReportComparison;
  /** The second arm of the pair whose answers are shown. */
  chosen: string;
  onChoose: (first: string, second: string) => void;
}) {
  const { report, comparison, chosen, onChoose } = props;
  const { first, second, pairs, alone } = comparison;
  const rows = useMemo(() => pairs.map((pair) => readPair(pair, report)), [pairs, report]);
  const points = useMemo(() => rows.map(toPoint), [rows]);
  const reach = Math.max(0.05, ...points.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return (
    <section className="results" aria-label="Gains">
      <h2>
        <bdi>{shorten(second, 60)}</bdi> over <bdi>{shorten(first, 60)}</bdi>
      </h2>
      <p className="remark">
        Arms of the same names, on the tasks that both runs have. p values are adjusted over all of them.
      </p>
      <Notes notes={report.notes} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section className="wide-table" tabIndex={0} aria-label="Pairs of arms">
        <table className="figures">
          <ColumnHeads
            words={["Data set", "Arm"]}
            amounts={[
              ...["Gain", "95 % interval", "p (Holm)", "Tasks", "Gained", "Lost"],
              ...[shorten(first, 24), shorten(second, 24)],
            ]}
          />
          <tbody>
            {rows.map(({ pair, name, before, after }) => (
              <tr key={pair.second} data-chosen={pair.second === chosen}>
                <th scope="row">
                  <bdi>{shorten(pair.dataSet, 40)}</bdi>
                </th>
                <td>
                  <button
                    type="button"
                    className="link"
                    aria-pressed={pair.second === chosen}
                    onClick={() => onChoose(pair.first, pair.second)}
                  >
                    <bdi>{name}</bdi>
                  </button>
                </td>
                <td className="amount strong" data-shown={pair.gain.adjusted < 0.05}>
                  {signed(pair.gain.difference)}
                </td>
                <td className="amount">{sayInterval(pair.gain.interval)}</td>
                <td className="amount">{sayP(pair.gain.adjusted)}</td>
                <td className="amount">{pair.gain.samples}</td>
                <td className="amount">{pair.gain.gained}</td>
                <td className="amount">{pair.gain.lost}</td>
                <td className="amount">{sayFigure(before)}</td>
                <td className="amount">{sayFigure(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {points.length > 0 ? (
        <IntervalChart
          points={points}
          domain={[-reach, reach]}
          label="What each arm of the second run gains, with its 95 % interval"
        />
      ) : (
        <p className="nothing">The runs have no task in common.</p>
      )}
      {alone.length > 0 && (
        <p className="remark">
          Without a counterpart: <bdi>{shorten(alone.join(", "), 2_000)}</bdi>.
        </p>
      )}
    </section>
  );
}

function readPair(pair: ReportPair, { arms }: Report) {
  const [first, second] = [pair.first, pair.second].map((id) => arms.find((arm) => arm.id === id));
  const name = second ? nameArm({ ...second, run: null }) : pair.second;
  return {
    pair,
    name,
    before: first?.figures[0]?.value ?? null,
    after: second?.figures[0]?.value ?? null,
  };
}

function toPoint({ pair: { dataSet, second, gain }, name }: ReturnType<typeof readPair>) {
  const [low, high] = gain.interval ?? [gain.difference, gain.difference];
  const title = `${shorten(dataSet, 24)} · ${name}`;
  return { id: second, name: title, value: gain.difference, low, high, isHollow: false };
}
