import type { Difficulty } from "../rollouts/summarize-rollouts.ts";
import type { ExportKind } from "./training-engine.ts";

/** An attempt as far as it is chosen by. `score` is its reward's total, else 1 or 0 for a right or wrong answer. */
export type Attempt = {
  attempt: number;
  seed: number;
  score: number | null;
  right: boolean | null;
  answered: boolean;
};

/** What is taken of the attempts at each question. */
export type Selection = {
  /** Only questions of these difficulties; all where empty. */
  difficulties: readonly Difficulty[];
  /** Wrong and unanswered attempts may be learned from too. */
  withWrong: boolean;
  /** At the most so many of a question, the best by score (rejection sampling); all where left out. */
  best?: number | undefined;
  /** Only attempts of at least this score. */
  minimumScore?: number | undefined;
  /** Pairs of a question at the most, and by how much the better score is to exceed the worse at the least. */
  pairs: number;
  margin: number;
};

/** Why attempts were not taken; each counts once, by the first that holds. */
export type LeftOut =
  | "difficulty"
  | "unanswered"
  | "wrong"
  | "below-score"
  | "not-best"
  | "unpaired"
  | "one-a-question";

/** Single attempts, pairs of a chosen and a rejected one, or one that stands for its question. */
export type Selected<One extends Attempt> = {
  rows: readonly (readonly [One] | readonly [chosen: One, rejected: One])[];
  leftOut: ReadonlyMap<LeftOut, number>;
};

/**
 * Chooses of the attempts at one question; the same attempts in any order give the same. For `grpo`, the first stands for the question. A
 * pair's chosen attempt is one that could be learned from alone; the best is paired with the worst, the second best with the second
 * worst, as long as the margin holds.
 */
export function select<One extends Attempt>(
  all: readonly One[],
  { kind, difficulty, selection }: { kind: ExportKind; difficulty: Difficulty; selection: Selection },
): Selected<One> {
  const leftOut = new Map<LeftOut, number>();
  const leave = (reason: LeftOut, count = 1) => {
    if (count > 0) leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
  };
  const { difficulties, best = Infinity } = selection;
  const attempts = all.toSorted((a, b) => a.attempt - b.attempt || a.seed - b.seed);
  if (difficulties.length > 0 && !difficulties.includes(difficulty)) {
    leave("difficulty", attempts.length);
    return { rows: [], leftOut };
  }
  if (kind === "grpo") {
    const [first, ...others] = attempts;
    leave("one-a-question", others.length);
    return { rows: first ? [[first]] : [], leftOut };
  }
  const ranked = attempts.toSorted((a, b) => compareScores(a, b) || a.attempt - b.attempt);
  const refused = new Map(ranked.map((one) => [one, refuse(one, selection)] as const));
  const good = ranked.filter((one) => refused.get(one) === null);
  if (kind === "sft") {
    for (const reason of refused.values()) if (reason !== null) leave(reason);
    leave("not-best", Math.max(0, good.length - best));
    return { rows: good.slice(0, best).map((one) => [one]), leftOut };
  }
  const rows = pair(good, { ranked, selection });
  leave("unpaired", ranked.length - 2 * rows.length);
  return { rows, leftOut };
}

function refuse({ answered, right, score }: Attempt, selection: Selection): LeftOut | null {
  const { withWrong, minimumScore } = selection;
  if (!withWrong && !answered) return "unanswered";
  if (!withWrong && right !== true) return "wrong";
  return minimumScore !== undefined && (score ?? -Infinity) < minimumScore ? "below-score" : null;
}

function pair<One extends Attempt>(
  good: readonly One[],
  { ranked, selection }: { ranked: readonly One[]; selection: Selection },
): [One, One][] {
  const rows: [One, One][] = [];
  const worst = ranked.filter(({ score }) => score !== null).toReversed();
  for (const [index, chosen] of good.slice(0, selection.pairs).entries()) {
    const rejected = worst[index];
    if (chosen.score === null || !rejected || rejected.score === null) break;
    const margin = chosen.score - rejected.score;
    if (!(margin > 0 && margin >= selection.margin)) break;
    rows.push([chosen, rejected]);
  }
  return rows;
}

/** The better first; what has no score last. */
function compareScores(a: Attempt, b: Attempt): number {
  if (a.score === b.score) return 0;
  return (b.score ?? -Infinity) > (a.score ?? -Infinity) ? 1 : -1;
}
