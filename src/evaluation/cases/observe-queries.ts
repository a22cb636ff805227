import { createRandom } from "#statistics";
import type { CaseMetric, JudgedRanking, Neighbor } from "./case-metric.ts";
import type { EvaluatedCase } from "./evaluated-case.ts";
import { judgeRanking } from "./judge-ranking.ts";
import type { CaseRanking, CaseRetriever } from "./ports.ts";
import { randomRanking } from "./random-ranking.ts";
import { type CaseSplit, commonest } from "./split-cases.ts";
import { vote } from "./vote.ts";

/** Figures of one query by metric. */
export type Scores = Record<string, number | undefined>;

/** What one query of one split gave, and what the two baselines would have given. */
export type Observation = {
  split: number;
  query: number;
  scores: Scores;
  random: Scores;
  majority: Scores;
  /** The class voted for, by the number of neighbors. */
  votes: { k: number; predicted: string | undefined }[];
  excluded: CaseRanking["excluded"];
  /** The first cases found. */
  first: { position: number; score: number }[];
  milliseconds: number;
};

const firstKept = 10;

type Work = {
  cases: readonly EvaluatedCase[];
  splits: readonly CaseSplit[];
  retriever: CaseRetriever;
  metrics: readonly CaseMetric[];
  votes: readonly number[];
  /** Cases that are ranked for each query. */
  top: number;
  overlap: (a: number, b: number) => number;
  seed: number;
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
};

/** Asks every query of every split, one after the other. Rejects where a search does, and with the signal's reason. */
export async function observeQueries(work: Work): Promise<Observation[]> {
  const { cases, splits, retriever, signal, onProgress } = work;
  const random = createRandom(work.seed);
  const library = new Set(splits.flatMap((split) => split.library));
  const majority = { class: commonest([...library].map((position) => cases[position]!.class)), score: 1 };
  const observations: Observation[] = [];
  for (const [number, split] of splits.entries()) {
    signal?.throwIfAborted();
    const ranker = await retriever.prepare(split.library, signal);
    for (const query of split.queries) {
      signal?.throwIfAborted();
      const ranking = await ranker.rank({ query, top: work.top, ...(signal ? { signal } : {}) });
      observations.push({
        split: number,
        query,
        ...observe({ work, query, ranking, majority, random }),
      });
      onProgress?.(observations.length);
    }
  }
  return observations;
}

function observe(asked: {
  work: Work;
  query: number;
  ranking: CaseRanking;
  majority: Neighbor;
  random: () => number;
}): Omit<Observation, "split" | "query"> {
  const { work, query, ranking, majority, random } = asked;
  const { cases, metrics, top, overlap } = work;
  const { ranked, candidates, excluded, milliseconds } = ranking;
  const judged = judgeRanking({ cases, query, ranked, candidates, overlap });
  const byChance = randomRanking({ positions: candidates, top, random });
  const always = Array.from({ length: Math.max(...work.votes) }, () => majority);
  return {
    scores: scoreBy(metrics, judged),
    random: scoreBy(metrics, judgeRanking({ cases, query, ranked: byChance, candidates, overlap })),
    majority: scoreBy(
      metrics.filter(({ type }) => type === "vote"),
      { ...judged, neighbors: always },
    ),
    votes: work.votes.map((k) => ({ k, predicted: vote(judged.neighbors, k) })),
    excluded,
    first: ranked.slice(0, firstKept),
    milliseconds,
  };
}

function scoreBy(metrics: readonly CaseMetric[], judged: JudgedRanking): Scores {
  return Object.fromEntries(metrics.map(({ name, score }) => [name, score(judged)]));
}
