import type { CaseValues } from "#contracts";
import { shorten } from "../plain-text.ts";
import { sayValue } from "./case-words.ts";
import {
  type FilterField,
  filterFields,
  filterNames,
  type SimilarQuery,
  withFilter,
} from "./similar-query.ts";

/** Narrows the cases: a list for each field of which more than one value occurs, and two switches. */
export function FilterRow(props: {
  query: SimilarQuery;
  values: CaseValues | null;
  onChange: (query: SimilarQuery) => void;
}) {
  const { query, values, onChange } = props;
  const fields = filterFields.filter(
    (field) => (values?.[field].length ?? 0) > 1 || query.filter[field] !== undefined,
  );
  return (
    <form className="filter-row" aria-label="Narrow the cases" onSubmit={(event) => event.preventDefault()}>
      {fields.map((field) => (
        <FilterList
          key={field}
          field={field}
          values={values?.[field] ?? []}
          chosen={query.filter[field] ?? null}
          onChoose={(value) => onChange(withFilter(query, field, value))}
        />
      ))}
      <Switch
        name="One per label"
        isOn={query.onePerLabel}
        onTurn={(onePerLabel) => onChange({ ...query, onePerLabel })}
      />
      <Switch
        name="Hide look-alikes"
        isOn={query.hidesAlike}
        onTurn={(hidesAlike) => onChange({ ...query, hidesAlike })}
      />
    </form>
  );
}

/** A list longer than this is of no use to choose from. */
const longestList = 400;

function FilterList(props: {
  field: FilterField;
  values: CaseValues[FilterField];
  chosen: string | null;
  onChoose: (value: string | null) => void;
}) {
  const { field, values, chosen, onChoose } = props;
  return (
    <label className="filter" data-chosen={chosen !== null}>
      <span>{filterNames[field]}</span>
      <select value={chosen ?? ""} onChange={({ target }) => onChoose(target.value || null)}>
        <option value="">any</option>
        {values.slice(0, longestList).map(({ value, cases }) => (
          <option key={value} value={value}>
            {shorten(sayValue(field, value), 60)} ({cases.toLocaleString("en-US")})
          </option>
        ))}
      </select>
    </label>
  );
}

function Switch({ name, isOn, onTurn }: { name: string; isOn: boolean; onTurn: (isOn: boolean) => void }) {
  return (
    <label className="switch">
      <input type="checkbox" checked={isOn} onChange={({ target }) => onTurn(target.checked)} />
      {name}
    </label>
  );
}
