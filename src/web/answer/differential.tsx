import type { DifferentialEntry, Option } from "#contracts";
import { shorten } from "../plain-text.ts";
import { nameOption } from "./option-name.ts";

/** The differential: a bar a label with its 95 % interval as whiskers, and the numbers. */
export function Differential(props: {
  entries: readonly DifferentialEntry[];
  options: readonly Option[];
  choice: string | null;
}) {
  const { entries, options, choice } = props;
  return (
    <section className="differential" aria-labelledby="differential-title">
      <h2 id="differential-title" className="label">
        Differential
      </h2>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Label</th>
            <th scope="col">Bar</th>
            <th scope="col">Probability</th>
            <th scope="col">95 % interval</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ label, probability, interval: [low, high] }) => (
            <tr key={label} data-chosen={label === choice}>
              <th scope="row">
                <bdi>{shorten(nameOption(label, options), 120)}</bdi>
                {label === choice && <span className="visually-hidden">, chosen</span>}
              </th>
              <td className="bar-cell">
                <Bar probability={probability} low={low} high={high} />
              </td>
              <td className="number">{probability.toFixed(2)}</td>
              <td className="number interval">
                {low.toFixed(2)}–{high.toFixed(2)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="remark">Lines show 95 % intervals.</p>
      {options.length === 0 && entries.length > 1 && (
        <p className="remark">Findings can occur together, so these do not add up to 1.</p>
      )}
    </section>
  );
}

function Bar({ probability, low, high }: { probability: number; low: number; high: number }) {
  return (
    <span className="bar" aria-hidden="true">
      <span className="bar-fill" style={{ width: percent(probability) }} />
      <span className="bar-interval" style={{ left: percent(low), width: percent(high - low) }} />
    </span>
  );
}

function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;
}
