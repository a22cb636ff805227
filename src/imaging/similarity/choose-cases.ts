import type { CaseSubset } from "./case-filter.ts";
import type { CaseSearchOptions } from "./case-query.ts";
import type { CaseSelection } from "./case-selection.ts";
import { takeDiverse } from "./diversity.ts";
import type { RankedCase } from "./ranked-cases.ts";

/** `alike` counts the cases above the last hit that a search for diverse ones passed over as being like this one. */
export type ChosenCase = RankedCase & { alike?: number };

/** At least the best `count` of a subset, best first, or all there are; a longer list begins with the shorter one. */
export type Rank = (subset: CaseSubset, count: number) => readonly RankedCase[];

export type Choice<Hit> = {
  /** Best first. */
  hits: Hit[];
  /** Where the best of each label were asked for: best first within a label. */
  byLabel: { label: string; hits: Hit[] }[];
  /** The labels with fewer cases than were asked for. */
  shortOf: { label: string; found: number }[];
  /** The same patient's other cases, best first. */
  samePatient: Hit[];
};

/** Takes from a ranking the hits that the options ask for. */
export function chooseCases(request: {
  options: CaseSearchOptions;
  selection: CaseSelection;
  rank: Rank;
  withLabel: (subset: CaseSubset, label: string) => CaseSubset;
  isAlike: (a: number, b: number) => boolean;
}): Choice<ChosenCase> {
  const { options, selection, rank, withLabel, isAlike } = request;
  const { top, perLabel, diverse = false, samePatient = 0 } = options;
  const take = (subset: CaseSubset, count: number): ChosenCase[] => {
    if (diverse === false) return rank(subset, count).slice(0, count);
    return takeDiverse({ rank: (seen) => rank(subset, seen), top: count, isAlike });
  };
  const labels = perLabel === undefined ? [] : selection.labels();
  const byLabel = labels.map((label) => {
    return { label, hits: take(withLabel(selection.subset, label), perLabel ?? 0) };
  });
  return {
    hits: take(selection.subset, top),
    byLabel,
    shortOf: byLabel
      .filter(({ hits }) => hits.length < (perLabel ?? 0))
      .map(({ label, hits }) => ({ label, found: hits.length })),
    samePatient: rank(selection.samePatient, samePatient).slice(0, samePatient),
  };
}
