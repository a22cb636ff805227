import { useState } from "react";
import type { ReportIndex } from "#contracts";
import { shorten } from "../../plain-text.ts";
import { openRow } from "../address.ts";
import type { Flip } from "../find-flips.ts";

const shownAtFirst = 100;

/** Tasks on which two arms differ; each opens with both answers beside each other. */
export function FlipList(props: { title: string; flips: readonly Flip[]; index: ReportIndex }) {
  const { title, flips, index } = props;
  const [shown, setShown] = useState(shownAtFirst);
  if (flips.length === 0) return null;
  const { samples, rows } = index;
  return (
    <section className="flip-list">
      <h3>
        {title} <span className="seed">{flips.length.toLocaleString("en-US")}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section className="wide-table" tabIndex={0} aria-label={title}>
        <table className="figures flips">
          <thead>
            <tr>
              <th scope="col">Sample</th>
              <th scope="col">First said</th>
              <th scope="col">Second said</th>
              <th scope="col">Right</th>
            </tr>
          </thead>
          <tbody>
            {flips.slice(0, shown).map(({ first, second }) => {
              const sample = rows.sample[second]!;
              return (
                <tr key={second}>
                  <th scope="row">
                    <button
                      type="button"
                      className="link"
                      onClick={() => openRow("compare", { row: first, beside: second })}
                    >
                      <bdi>{shorten(samples.sourceIds[sample] ?? "", 40) || samples.ids[sample]}</bdi>
                    </button>
                  </th>
                  <td>
                    <bdi>{shorten(rows.said[first] ?? "", 80) || "–"}</bdi>
                  </td>
                  <td>
                    <bdi>{shorten(rows.said[second] ?? "", 80) || "–"}</bdi>
                  </td>
                  <td>
                    <bdi>{shorten(samples.golds[sample] ?? "", 80)}</bdi>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {flips.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + 500)}>
          Show more of {flips.length.toLocaleString("en-US")}
        </button>
      )}
    </section>
  );
}
