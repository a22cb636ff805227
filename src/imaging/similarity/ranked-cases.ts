/** Where a list of a fused search had a case: rank from 1, and the list's own score. */
export type CaseStage = { stage: "images" | "vector" | "terms"; rank: number; score: number };

/** A case by its position in the index. */
export type RankedCase = {
  position: number;
  score: number;
  /** In a ranking that was fused of several. */
  stages?: readonly CaseStage[];
};

/** Whether case a comes before case b at the same score. */
export type ComesFirst = (a: number, b: number) => boolean;

/** Orders best first. */
export function bestFirst(comesFirst: ComesFirst) {
  return (a: RankedCase, b: RankedCase) =>
    b.score - a.score || (a.position === b.position ? 0 : comesFirst(a.position, b.position) ? -1 : 1);
}

/** Keeps the `top` best of the cases offered; each may be offered once. */
export function createBestCases(top: number, comesFirst: ComesFirst) {
  const compare = bestFirst(comesFirst);
  const room = 2 * top + 64;
  const kept: RankedCase[] = [];
  let least = -Infinity;
  const settle = () => {
    kept.sort(compare);
    if (kept.length < top) return;
    kept.length = top;
    least = kept.at(-1)?.score ?? Infinity;
  };
  return {
    offer(position: number, score: number): void {
      if (score < least) return;
      kept.push({ position, score });
      if (kept.length >= room) settle();
    },
    /** The best, best first. */
    sorted(): RankedCase[] {
      settle();
      return [...kept];
    },
  };
}
