import { useMemo } from "react";
import { type ReportIndex, type ReportState, reportStates } from "#contracts";
import { shorten } from "../../plain-text.ts";
import type { RowFilter } from "../filter-rows.ts";
import { sayRung, stateWords } from "../words.ts";

const mostTagValues = 300;

/** What the table is narrowed down by; only what there is can be chosen. */
export function FilterBar(props: {
  index: ReportIndex;
  armNames: readonly string[];
  filter: RowFilter;
  onFilter: (filter: RowFilter) => void;
}) {
  const { index, armNames, filter, onFilter } = props;
  const choices = useMemo(() => listChoices(index), [index]);
  const tagPlace = choices.tags.findIndex(
    ({ name, value }) => name === filter.tag?.name && value === filter.tag.value,
  );
  return (
    <search className="filters">
      <label>
        Search
        <input
          type="search"
          value={filter.text}
          placeholder="question, answer, id"
          onChange={(event) => onFilter({ ...filter, text: event.target.value })}
        />
      </label>
      <label>
        State
        <select
          value={filter.state}
          onChange={(event) => onFilter({ ...filter, state: event.target.value as ReportState | "" })}
        >
          <option value="">any</option>
          {choices.states.map((state) => (
            <option key={state} value={state}>
              {stateWords[state]}
            </option>
          ))}
        </select>
      </label>
      {armNames.length > 1 && (
        <label>
          Arm
          <select
            value={filter.arm ?? ""}
            onChange={(event) =>
              onFilter({ ...filter, arm: event.target.value === "" ? null : Number(event.target.value) })
            }
          >
            <option value="">any</option>
            {index.arms.map((arm, place) => (
              <option key={arm} value={place}>
                {armNames[place]}
              </option>
            ))}
          </select>
        </label>
      )}
      {choices.rungs.length > 0 && (
        <label>
          Found
          <select value={filter.rung} onChange={(event) => onFilter({ ...filter, rung: event.target.value })}>
            <option value="">any way</option>
            {choices.rungs.map((rung) => (
              <option key={rung} value={rung}>
                {sayRung(rung)}
              </option>
            ))}
          </select>
        </label>
      )}
      {choices.tags.length > 0 && (
        <label>
          Tag
          <select
            value={tagPlace < 0 ? "" : tagPlace}
            onChange={(event) =>
              onFilter({
                ...filter,
                tag: event.target.value === "" ? null : (choices.tags[Number(event.target.value)] ?? null),
              })
            }
          >
            <option value="">any</option>
            {choices.tags.map(({ name, value }, place) => (
              <option key={`${name} ${value}`} value={place}>
                {shorten(`${name}: ${value || "(none)"}`, 60)}
              </option>
            ))}
          </select>
        </label>
      )}
    </search>
  );
}

function listChoices({ rows, samples }: ReportIndex) {
  const present = new Set(rows.state);
  const tags = new Map<string, { name: string; value: string }>();
  for (const one of samples.tags)
    for (const [name, value] of Object.entries(one)) tags.set(`${name}\n${value}`, { name, value });
  return {
    states: reportStates.filter((_, place) => present.has(place)),
    rungs: [...new Set(rows.rung)].filter((rung) => rung !== "").sort(),
    tags: [...tags.keys()]
      .sort()
      .slice(0, mostTagValues)
      .map((key) => tags.get(key)!),
  };
}
