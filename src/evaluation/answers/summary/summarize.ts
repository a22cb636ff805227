import { clusterBootstrap, createRandom, wilsonInterval } from "#statistics";
import type { AnswerMetric, ScoredSample } from "../answer.ts";
import { ownJudgedMetrics } from "../metrics/judged.ts";
import { answerMetrics } from "../metrics/list.ts";
import { bundleRows } from "./bundle-rows.ts";
import { clusterRows } from "./cluster-rows.ts";
import { inSampleOrder } from "./sample-order.ts";

/** A metric's value over the answers of an arm, with all that tells how far it can be believed. */
export type AnswerFigure = Pick<AnswerMetric, "name" | "title" | "better"> & {
  /** Null where it cannot be told, as the tokens per right answer where none is right. */
  value: number | null;
  /** 95 %, by the bootstrap over clusters; of a share of none or all, Wilson's, each cluster counting once. Null for fewer than two clusters. */
  interval: [low: number, high: number] | null;
  /** How many samples count, of all that were asked. */
  samples: number;
  of: number;
  /** Patients, slides or what else stands together, among those that count. */
  clusters: number;
  warnings: readonly string[];
};

const fewestSamples = 30;
const fewestClusters = 20;

/**
 * Every metric that applies to the samples of an arm, and behind them the means of what judges of a user's own measured. The same samples
 * and seed give the same figures, in any order of the samples.
 */
export function summarize(
  scored: readonly ScoredSample[],
  metrics: readonly AnswerMetric[],
  { seed, resamples = 2_000 }: { seed: number; resamples?: number },
): AnswerFigure[] {
  const ordered = inSampleOrder(scored);
  return [...metrics, ...ownJudgedMetrics(ordered, answerMetrics)].flatMap((metric) => {
    const { name, title, better } = metric;
    const tally = metric.prepare(ordered);
    const clusters = tally ? [...clusterRows(ordered, tally).values()] : [];
    if (!tally || clusters.length === 0) return [];
    const random = createRandom(seed);
    const rows = bundleRows(
      clusters.map(({ sums }) => sums),
      { random },
    );
    const { statistic } = tally;
    const drawn = clusterBootstrap({ clusters: rows, statistic, random, resamples });
    const { estimate } = drawn;
    // Resamples of nothing but right answers know no wrong one.
    const isUniform = tally.isShare === true && (estimate === 0 || estimate === 1);
    const interval =
      isUniform && drawn.interval
        ? wilsonInterval({ proportion: estimate, sampleSize: clusters.length })
        : drawn.interval;
    const isTold = Number.isFinite(estimate);
    const samples = clusters.reduce((sum, cluster) => sum + cluster.samples, 0);
    return {
      ...{ name, title, better, samples },
      value: isTold ? estimate : null,
      interval: isTold ? interval : null,
      of: scored.length,
      clusters: clusters.length,
      warnings: warnings({ samples, clusters: clusters.length }),
    };
  });
}

/** What makes figures of so few samples or clusters doubtful, in sentences. */
function warnings({ samples, clusters }: { samples: number; clusters: number }): string[] {
  if (samples < fewestSamples) return [`Only ${samples} samples: the figure says little.`];
  if (clusters < fewestClusters)
    return [`Only ${clusters} independent groups: the interval may be too narrow.`];
  return [];
}
