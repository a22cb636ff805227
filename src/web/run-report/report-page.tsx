import { useDeferredValue, useMemo, useState } from "react";
import { count, plain, shorten } from "../plain-text.ts";
import { chooseTheme, useTheme } from "../theme.ts";
import { useReportAddress, type View, views } from "./address.ts";
import { ComparePage } from "./compare/compare-page.tsx";
import { createRowFinder, noFilter, type RowFilter } from "./filter-rows.ts";
import { findFlips } from "./find-flips.ts";
import type { OpenReport } from "./report-data.ts";
import { ResultsPage } from "./results/results-page.tsx";
import { RunPage } from "./run-page.tsx";
import { SamplePanel } from "./sample/sample-panel.tsx";
import { SamplesPage } from "./samples/samples-page.tsx";
import { inOrder, type RowSort, sortRows } from "./sort-rows.ts";
import { walkFlips, walkRows } from "./walk.ts";

const titles: Record<View, string> = {
  results: "Results",
  samples: "Samples",
  compare: "Compare",
  run: "Run",
};

/** A report: its figures, every sample, two arms beside each other, and what was run. */
export function ReportPage({ opened }: { opened: OpenReport }) {
  const { report, index } = opened;
  const { view, place } = useReportAddress(report.comparison ? "compare" : "results");
  const [filter, setFilter] = useState<RowFilter>(noFilter);
  const [sort, setSort] = useState<RowSort>(inOrder);
  const [[first, second], setPair] = useState(() => firstPair(opened));
  const find = useMemo(() => createRowFinder(index), [index]);
  const deferred = useDeferredValue(filter);
  const found = useMemo(() => find(deferred), [find, deferred]);
  const shown = useMemo(() => sortRows(found, sort, index), [found, sort, index]);
  const isComparing = view === "compare";
  const flips = useMemo(
    () => (isComparing ? findFlips(index, first, second) : null),
    [index, first, second, isComparing],
  );
  const walk = useMemo(() => (flips ? walkFlips(flips) : walkRows(shown)), [flips, shown]);
  const showSamples = (wanted: Partial<RowFilter>) => {
    setFilter({ ...noFilter, ...wanted });
    location.hash = "#samples";
  };
  const rows = index.rows.arm.length;
  const isThere = place !== null && place.row < rows && (place.beside ?? 0) < rows;
  return (
    <div className="report">
      <ReportHeader opened={opened} />
      <nav className="views" aria-label="Parts of the report">
        {views.map((one) => (
          <a key={one} href={`#${one}`} aria-current={one === view ? "page" : undefined}>
            {titles[one]}
          </a>
        ))}
      </nav>
      <main className="report-main" data-view={view}>
        {view === "results" && <ResultsPage report={report} onShow={showSamples} />}
        {view === "samples" && (
          <SamplesPage
            {...{ index, shown, filter, sort }}
            armNames={opened.armNames}
            onFilter={setFilter}
            onSort={setSort}
          />
        )}
        {flips && <ComparePage {...{ opened, flips }} pair={[first, second]} onPair={setPair} />}
        {view === "run" && <RunPage report={report} />}
      </main>
      <footer className="report-footer">
        <p>{report.notice}</p>
      </footer>
      {isThere && <SamplePanel {...{ opened, place, view, walk }} />}
    </div>
  );
}

/** The arms that are beside each other at first: of two runs those that are alike, else the first two of a data set. */
function firstPair({ report, index }: OpenReport): readonly [first: number, second: number] {
  const [pair] = report.comparison?.pairs ?? [];
  if (pair) return [index.arms.indexOf(pair.first), index.arms.indexOf(pair.second)];
  return [0, Math.min(1, index.arms.length - 1)];
}

function ReportHeader({ opened: { report, index } }: { opened: OpenReport }) {
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  const last = report.starts.at(-1);
  return (
    <header className="header report-header">
      <h1 className="product">
        <bdi>{shorten(report.title, 80)}</bdi>
      </h1>
      <p className="header-library">
        {count(report.dataSets.length, "data set")} · {count(index.arms.length, "arm")} ·{" "}
        {count(index.rows.arm.length, "answer")}
        {last && ` · ${last.at.slice(0, 10)} · MedRounds ${plain(last.medrounds)}`}
      </p>
      <div className="header-actions">
        <button type="button" className="quiet" onClick={() => chooseTheme(other)}>
          {other === "light" ? "Light" : "Dark"}
          <span className="wide-only"> theme</span>
        </button>
      </div>
    </header>
  );
}
