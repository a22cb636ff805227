import type { ReportIndex } from "#contracts";
import { count } from "../../plain-text.ts";
import { noFilter, type RowFilter } from "../filter-rows.ts";
import type { RowSort } from "../sort-rows.ts";
import { FilterBar } from "./filter-bar.tsx";
import { RowTable } from "./row-table.tsx";

/** Every answer of the run in a table that is filtered and sorted at once. */
export function SamplesPage(props: {
  index: ReportIndex;
  armNames: readonly string[];
  shown: Int32Array;
  filter: RowFilter;
  sort: RowSort;
  onFilter: (filter: RowFilter) => void;
  onSort: (sort: RowSort) => void;
}) {
  const { index, armNames, shown, filter, sort, onFilter, onSort } = props;
  return (
    <section className="samples" aria-label="Samples">
      <FilterBar index={index} armNames={armNames} filter={filter} onFilter={onFilter} />
      <p className="remark" role="status">
        {shown.length === index.rows.arm.length
          ? count(shown.length, "answer")
          : `${shown.length.toLocaleString("en-US")} of ${count(index.rows.arm.length, "answer")}`}
      </p>
      {shown.length === 0 ? (
        <p className="nothing">
          No answer is like that.{" "}
          <button type="button" className="link" onClick={() => onFilter(noFilter)}>
            Show all
          </button>
        </p>
      ) : (
        <RowTable {...{ index, armNames, sort, onSort }} shown={shown} />
      )}
    </section>
  );
}
