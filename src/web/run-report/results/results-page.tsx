import type { Report, ReportArm, ReportDataSet } from "#contracts";
import { count, shorten } from "../../plain-text.ts";
import type { RowFilter } from "../filter-rows.ts";
import { ArmDetails } from "./arm-details.tsx";
import { ArmTable } from "./arm-table.tsx";
import { ForestChart } from "./forest-chart.tsx";
import { Notes } from "./notes.tsx";

export type ShowSamples = (filter: Partial<RowFilter>) => void;

/** Models and conditions on each data set, with gains and intervals; an arm opens on all that is known of it. */
export function ResultsPage({ report, onShow }: { report: Report; onShow: ShowSamples }) {
  return (
    <>
      <Notes notes={report.notes} />
      {report.dataSets.map((dataSet) => (
        <DataSetResults
          key={dataSet.name}
          dataSet={dataSet}
          arms={report.arms.filter((arm) => arm.dataSet === dataSet.name)}
          all={report.arms}
          onShow={onShow}
        />
      ))}
      {report.leftOut.length > 0 && (
        <section className="results">
          <h2>Not asked</h2>
          <ul className="plain-list">
            {report.leftOut.map(({ dataSet, model, condition, reason }) => (
              <li key={`${dataSet} ${model} ${condition}`}>
                {dataSet}, {model}, {condition}: {reason}.
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function DataSetResults(props: {
  dataSet: ReportDataSet;
  arms: readonly ReportArm[];
  all: readonly ReportArm[];
  onShow: ShowSamples;
}) {
  const { dataSet, arms, all, onShow } = props;
  const { card, leaks } = dataSet;
  return (
    <section className="results" aria-label={dataSet.name}>
      <h2>
        <bdi>{shorten(dataSet.name, 60)}</bdi>
      </h2>
      <p className="remark">
        {count(dataSet.samples, "sample")} in {count(dataSet.groups, "group")},{" "}
        {count(dataSet.images, "image")}
        {dataSet.refused > 0 && `, ${count(dataSet.refused, "row")} refused`} · License:{" "}
        {shorten(card.license, 120)}
      </p>
      <p className="remark">Contamination: {shorten(card.contamination, 400)}</p>
      {leaks
        .filter(({ checked }) => checked > 0)
        .map(({ of, sources, checked, touched, reasons }) => (
          <p key={`${of} ${sources.join(" ")}`} className={touched > 0 ? "doubt" : "remark"}>
            Leaks: {touched} of {checked} samples are related to{" "}
            {of === "libraries" ? "what the libraries hold for" : "the examples shown under"}{" "}
            {sources.join(", ")}
            {sayReasons(reasons)}.
          </p>
        ))}
      <ArmTable arms={arms} />
      {arms.length > 1 && <ForestChart arms={arms} />}
      {arms.map((arm) => (
        <ArmDetails key={arm.id} arm={arm} number={all.indexOf(arm)} onShow={onShow} />
      ))}
    </section>
  );
}

const reasonWords: Record<string, string> = {
  sameImage: "same image",
  nearIdentical: "nearly the same image",
  samePatient: "same patient",
  sameSlide: "same slide",
  overlappingText: "overlapping text",
};

function sayReasons(reasons: Readonly<Record<string, number>>): string {
  const told = Object.entries(reasons).map(
    ([reason, amount]) => `${reasonWords[reason] ?? reason} ${amount}`,
  );
  return told.length === 0 ? "" : ` (${told.join(", ")})`;
}
