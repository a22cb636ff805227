import { type Case, MedRoundsError } from "#contracts";
import { type CaseSubset, foldValue } from "./case-filter.ts";
import type { CaseIndex, CaseIndexResult, IndexHit } from "./case-index.ts";
import type { CaseSearchOptions, ImageQuery, VectorQuery } from "./case-query.ts";
import type { CaseSelection } from "./case-selection.ts";
import type { Rank } from "./choose-cases.ts";
import { fuseRankings, type RankedList } from "./fuse-rankings.ts";
import type { CaseStage, RankedCase } from "./ranked-cases.ts";

/** Where several lists are fused, this many of each count at least. */
const leastDepth = 200;

/** Finds cases by the words of their labels and text, best first: at most `top`. */
type TermSearch = (query: string, top: number) => Promise<readonly { id: string; score: number }[]>;

export type CaseSearchRequest = CaseSearchOptions & {
  index: CaseIndex;
  /** The cases of the ids, in any order; those that are gone since the index was built may be missing. */
  records: (ids: readonly string[]) => Promise<readonly Case[]>;
  images?: readonly ImageQuery[];
  text?: string | undefined;
  terms?: TermSearch;
  /** The text in the spaces of encoders that have a text tower. */
  textVectors?: readonly VectorQuery[];
  /** Labels of the question itself, where they are known. */
  labels?: readonly string[] | undefined;
  /** How much each kind of list counts where several are fused; 1 unless given. Lists of one kind share its weight. */
  weights?: Partial<Record<CaseStage["stage"], number>> | undefined;
};

type CaseHit = Pick<IndexHit, "score" | "likeness" | "alike" | "stages"> & {
  case: Case;
  /** The labels that the case shares with the question, or where those are not known, with more than half of the hits. */
  sharedLabels: string[];
};

export type CaseSearchResult = Omit<CaseIndexResult, "hits" | "byLabel" | "samePatient"> & {
  hits: CaseHit[];
  byLabel: { label: string; hits: CaseHit[] }[];
  samePatient: CaseHit[];
};

/**
 * The cases most similar to a question's images, or that fit its text, or both. A search by images alone scores by cosine (−1 to 1), by
 * terms alone by BM25, by one vector alone by its cosine; of several lists the ranks are fused, and each hit tells its stages. Images
 * also say what is left out, from every list.
 *
 * Throws `usage-invalid` where nothing is asked for, `vector-invalid`, and what `records` and `terms` throw.
 */
export async function searchCases(request: CaseSearchRequest): Promise<CaseSearchResult> {
  const { index, images = [], filter } = request;
  const selection = index.select({ filter, images });
  const rank = await openRanking(request, selection);
  const found = index.choose({ options: request, selection, images, rank });
  const { hits, byLabel, samePatient } = found;
  const all = [...hits, ...byLabel.flatMap((label) => label.hits), ...samePatient];
  const cases = await request.records([...new Set(all.map(({ id }) => id))]);
  const casesById = new Map(cases.map((one) => [one.id, one]));
  const known = hits.flatMap(({ id }) => casesById.get(id) ?? []);
  const shared = new Set((request.labels ?? majorityLabels(known)).map(foldValue));
  const describe = (some: readonly IndexHit[]) =>
    some.flatMap(({ id, position: _, ...hit }): CaseHit[] => {
      const one = casesById.get(id);
      if (!one) return [];
      return [
        { ...hit, case: one, sharedLabels: presentLabels(one).filter((name) => shared.has(foldValue(name))) },
      ];
    });
  return {
    ...found,
    hits: describe(hits),
    byLabel: byLabel.map(({ label, hits }) => ({ label, hits: describe(hits) })),
    samePatient: describe(samePatient),
  };
}

type List = { stage: CaseStage["stage"]; rank: Rank };

/** The one list that is asked for, or all of them fused. */
async function openRanking(request: CaseSearchRequest, selection: CaseSelection): Promise<Rank> {
  const { index, images = [], textVectors = [], text = "", terms, weights = {} } = request;
  const depth = Math.max(leastDepth, 10 * request.top);
  const lists: List[] = textVectors.map((query) => ({ stage: "vector", rank: index.byVector(query) }));
  if (images.length > 0) lists.push({ stage: "images", rank: index.byImages(images) });
  if (text !== "" && terms) {
    const find = (top: number) => terms(text, top);
    const found = await findByTerms({ find, index, selection, depth });
    const within = (subset: CaseSubset) => found.filter(({ position }) => subset.mask[position] === 1);
    lists.push({ stage: "terms", rank: within });
  }
  const [first, ...others] = lists;
  if (!first) {
    throw new MedRoundsError("usage-invalid", "A search for cases needs an image or a text.");
  }
  if (others.length === 0) return first.rank;
  const weightOf = (stage: CaseStage["stage"]) =>
    (weights[stage] ?? 1) / lists.filter((list) => list.stage === stage).length;
  return (subset) => {
    const ranked = lists.map(({ stage, rank }): RankedList => {
      return { stage, weight: weightOf(stage), ranked: rank(subset, depth).slice(0, depth) };
    });
    return fuseRankings(ranked, index.comesFirst);
  };
}

/** The terms' list, deep enough that `depth` of it are cases that the search may show; the search by terms knows no filter. */
async function findByTerms(request: {
  find: (top: number) => ReturnType<TermSearch>;
  index: CaseIndex;
  selection: CaseSelection;
  depth: number;
}): Promise<RankedCase[]> {
  const { find, index, selection, depth } = request;
  for (let top = depth; ; top *= 4) {
    const found = await find(top);
    const ranked = found.flatMap(({ id, score }) => {
      const position = index.positionOf(id);
      return position === undefined ? [] : [{ position, score }];
    });
    const shown = ranked.filter(({ position }) => selection.subset.mask[position] === 1);
    if (shown.length >= depth || found.length < top) return ranked;
  }
}

/** The labels of more than half of the cases, and of two at least. */
function majorityLabels(cases: readonly Case[]): string[] {
  const counts = new Map<string, number>();
  for (const label of cases.flatMap((one) => [...new Set(presentLabels(one).map(foldValue))])) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const least = Math.max(2, Math.floor(cases.length / 2) + 1);
  return [...counts].filter(([, count]) => count >= least).map(([label]) => label);
}

function presentLabels({ labels }: Case): string[] {
  return labels.filter(({ status }) => status === "present").map(({ name }) => name);
}
