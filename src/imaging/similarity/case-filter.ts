import { type CaseEntry, type CaseFacet, caseFacets } from "./case-entry.ts";

/**
 * Which cases count. The values of one field are alternatives, the fields narrow one another; an empty list asks for nothing.
 * Case and repeated space do not matter. Labels are those that are present.
 */
export type CaseFilter = {
  facets?: Partial<Record<CaseFacet, readonly string[] | undefined>> | undefined;
  labels?: readonly string[] | undefined;
  withoutLabels?: readonly string[] | undefined;
  corpora?: readonly string[] | undefined;
};

type FilterField = CaseFacet | "label" | "corpus";

/** A value of a filter that no case has. */
export type UnknownValue = { field: FilterField; value: string };

/** What can be filtered by: the values that occur, as first seen, with how many cases have each; by name. */
export type FilterValues = Record<FilterField, { value: string; cases: number }[]>;

/** Some of the cases: `mask` is 1 at the position of each. */
export type CaseSubset = {
  mask: Uint8Array;
  count: number;
  /** In ascending order; counted out when they are first asked for. */
  readonly positions: Uint32Array;
};

type Posting = { value: string; positions: number[] };

export type CaseFilterIndex = {
  /** Adds the next case. */
  add(entry: Pick<CaseEntry, "corpus" | "labels" | "facets">): void;
  /** A mask that is 1 where a case passes; values that none has are named. */
  select(filter: CaseFilter): { mask: Uint8Array; unknownValues: UnknownValue[] };
  /** Those of the cases that have a label. */
  withLabel(subset: CaseSubset, label: string): CaseSubset;
  /** The labels that any of the cases has where the mask is 1, by name. */
  labelsOf(mask: Uint8Array): string[];
  values(): FilterValues;
  bytes(): number;
};

/** Inverted lists of cases by facet, label and corpus. */
export function createCaseFilterIndex(): CaseFilterIndex {
  const fields = [...caseFacets, "label", "corpus"] as const;
  const postings = new Map(fields.map((field) => [field, new Map<string, Posting>()]));
  let size = 0;

  const find = (field: FilterField, value: string) => postings.get(field)?.get(foldValue(value))?.positions;
  const put = (field: FilterField, value: string, position: number) => {
    const folded = foldValue(value);
    if (folded === "") return;
    const lists = postings.get(field);
    const posting = lists?.get(folded);
    if (!posting) lists?.set(folded, { value: value.trim(), positions: [position] });
    else if (posting.positions.at(-1) !== position) posting.positions.push(position);
  };

  const byName = (field: FilterField): Posting[] => {
    const found = [...(postings.get(field) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return found.map(([, posting]) => posting);
  };

  return {
    add({ corpus, labels, facets }) {
      const position = size++;
      for (const facet of caseFacets) put(facet, facets[facet], position);
      for (const label of labels) put("label", label, position);
      put("corpus", corpus, position);
    },

    select({ facets = {}, labels, withoutLabels, corpora }) {
      const unknownValues: UnknownValue[] = [];
      const positionsOf = (field: FilterField, value: string) => {
        const positions = find(field, value);
        if (!positions) unknownValues.push({ field, value });
        return positions ?? [];
      };
      // How many fields each case has passed; a case that lacks one can pass no later one.
      const passed = new Uint8Array(size);
      let asked = 0;
      const narrow = (field: FilterField, values: readonly string[] = []) => {
        if (values.length === 0) return;
        for (const value of values) {
          for (const position of positionsOf(field, value)) {
            if (passed[position] === asked) passed[position] = asked + 1;
          }
        }
        asked++;
      };
      for (const facet of caseFacets) narrow(facet, facets[facet]);
      narrow("label", labels);
      narrow("corpus", corpora);
      for (const value of withoutLabels ?? []) {
        for (const position of positionsOf("label", value)) passed[position] = 255;
      }
      for (let position = 0; position < size; position++) {
        passed[position] = passed[position] === asked ? 1 : 0;
      }
      return { mask: passed, unknownValues };
    },

    withLabel({ mask }, label) {
      const positions = (find("label", label) ?? []).filter((position) => mask[position] === 1);
      return subsetAt(positions, size);
    },

    labelsOf(mask) {
      const found = byName("label").filter(({ positions }) => positions.some((at) => mask[at] === 1));
      return found.map(({ value }) => value);
    },

    values() {
      const count = ({ value, positions }: Posting) => ({ value, cases: positions.length });
      const entries = fields.map((field) => [field, byName(field).map(count)]);
      return Object.fromEntries(entries) as FilterValues;
    },

    bytes() {
      const lists = [...postings.values()].flatMap((values) => [...values.values()]);
      return lists.reduce((sum, { positions }) => sum + 8 * positions.length, 0);
    },
  };
}

/** The cases whose mask is 1. */
export function subsetOf(mask: Uint8Array): CaseSubset {
  let count = 0;
  for (let position = 0; position < mask.length; position++) count += mask[position] as number;
  let known: Uint32Array | undefined;
  return {
    mask,
    count,
    get positions() {
      known ??= positionsOf(mask, count);
      return known;
    },
  };
}

/** The cases at the positions, in ascending order, of `size` cases. */
export function subsetAt(positions: readonly number[], size: number): CaseSubset {
  const mask = new Uint8Array(size);
  for (const position of positions) mask[position] = 1;
  return { mask, count: positions.length, positions: Uint32Array.from(positions) };
}

function positionsOf(mask: Uint8Array, count: number): Uint32Array {
  const positions = new Uint32Array(count);
  for (let position = 0, at = 0; at < count; position++) {
    if (mask[position] === 1) positions[at++] = position;
  }
  return positions;
}

/** Names that differ in case or space alone are one value. */
export function foldValue(value: string): string {
  return value.trim().replace(/\s+/g, " ").toLowerCase();
}
