import type { CaseHit, SearchResult } from "#contracts";

/** Cases under a heading, such as the best of a label; one group without a name where nothing was asked for by label. */
export type CaseGroup = { label: string | null; hits: readonly CaseHit[] };

/** The cases of a search as they are shown; where the best of each label were asked for, the most similar label first. */
export function groupsOf(
  { cases, byLabel = [] }: SearchResult,
  { onePerLabel }: { onePerLabel: boolean },
): CaseGroup[] {
  if (!onePerLabel) return cases.length === 0 ? [] : [{ label: null, hits: cases }];
  return byLabel
    .filter((group) => group.cases.length > 0)
    .map((group) => ({ label: group.label, hits: group.cases }))
    .sort((one, other) => bestScore(other) - bestScore(one));
}

function bestScore({ hits }: CaseGroup): number {
  return hits[0]?.score ?? 0;
}

/** All cases of a search in the order in which they are shown, each once; the same patient's last. */
export function shownCases(result: SearchResult, options: { onePerLabel: boolean }): CaseHit[] {
  const shown = [...groupsOf(result, options).flatMap(({ hits }) => hits), ...(result.samePatient ?? [])];
  return [...new Map(shown.map((hit) => [hit.case.id, hit])).values()];
}

/** The cases before and after one of them, for going through them; undefined at the ends. */
export function neighborsOf(
  hits: readonly CaseHit[],
  id: string,
): { before: string | undefined; after: string | undefined } {
  const place = hits.findIndex((hit) => hit.case.id === id);
  if (place === -1) return { before: undefined, after: hits[0]?.case.id };
  return { before: hits[place - 1]?.case.id, after: hits[place + 1]?.case.id };
}
