import { useState } from "react";
import type { ReportArm, ReportFigure, ReportTagRow } from "#contracts";
import { count, shorten } from "../../plain-text.ts";
import { nameArm } from "../arm-name.ts";
import { ColumnHeads } from "../column-heads.tsx";
import { sayFigure, sayInterval, sayP, signed } from "../words.ts";
import { ConfusionTable } from "./confusion-table.tsx";
import { ReliabilityChart } from "./reliability-chart.tsx";
import type { ShowSamples } from "./results-page.tsx";

/** All that is known of an arm. */
export function ArmDetails(props: { arm: ReportArm; number: number; onShow: ShowSamples }) {
  const { arm, number, onShow } = props;
  const [isOpen, setIsOpen] = useState(false);
  const { gain } = arm;
  return (
    <details className="arm" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <bdi>{nameArm(arm)}</bdi>
        {arm.isBaseline && <span className="seed"> baseline</span>}
      </summary>
      {isOpen && (
        <div className="arm-parts">
          {gain && (
            <p className="gain">
              {signed(gain.difference)} ({sayInterval(gain.interval)}) over <bdi>{gain.over}</bdi> on{" "}
              {count(gain.samples, "common task")}: {gain.gained} gained, {gain.lost} lost. Test: {gain.test},
              p {sayP(gain.pValue)}, after Holm {sayP(gain.adjusted)}. {gain.sentences.join(" ")}
            </p>
          )}
          <div className="arm-part">
            <h3 className="label">Figures</h3>
            <FigureTable figures={arm.figures} untouched={arm.untouched} />
          </div>
          {arm.confusion && <ConfusionTable confusion={arm.confusion} />}
          {arm.reliability && (
            <div className="arm-part">
              <h3 className="label">Reliability</h3>
              <ReliabilityChart bins={arm.reliability} />
            </div>
          )}
          {arm.tags.length > 0 && <TagTable rows={arm.tags} onShow={(tag) => onShow({ arm: number, tag })} />}
          {!arm.isBaseline && (
            <p>
              <button type="button" className="quiet" onClick={() => onShow({ arm: number })}>
                Show its samples
              </button>
            </p>
          )}
        </div>
      )}
    </details>
  );
}

function FigureTable({
  figures,
  untouched,
}: {
  figures: readonly ReportFigure[];
  untouched: ReportFigure | null;
}) {
  const rows = untouched
    ? [
        ...figures,
        { ...untouched, metric: "untouched", title: `${untouched.title}, without touched samples` },
      ]
    : figures;
  return (
    <table className="figures">
      <ColumnHeads words={["Figure"]} amounts={["Value", "95 % interval", "Samples", "Groups"]} />
      <tbody>
        {rows.map(({ metric, title, value, interval, samples, groups }) => (
          <tr key={metric}>
            <th scope="row">{title}</th>
            <td className="amount strong">{sayFigure(value)}</td>
            <td className="amount">{sayInterval(interval)}</td>
            <td className="amount">{samples}</td>
            <td className="amount">{groups}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TagTable(props: {
  rows: readonly ReportTagRow[];
  onShow: (tag: { name: string; value: string }) => void;
}) {
  const { rows, onShow } = props;
  return (
    <div className="arm-part">
      <h3 className="label">By tag</h3>
      <table className="figures">
        <ColumnHeads words={["Tag", "Value"]} amounts={["Samples", "Right", "95 % interval"]} />
        <tbody>
          {rows.map(({ tag, value, samples, share, interval }) => (
            <tr key={`${tag} ${value}`}>
              <th scope="row">
                <bdi>{shorten(tag, 30)}</bdi>
              </th>
              <td>
                <button type="button" className="link" onClick={() => onShow({ name: tag, value })}>
                  <bdi>{shorten(value, 60) || "(none)"}</bdi>
                </button>
              </td>
              <td className="amount">{samples}</td>
              <td className="amount strong">{sayFigure(share)}</td>
              <td className="amount">{sayInterval(interval)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
