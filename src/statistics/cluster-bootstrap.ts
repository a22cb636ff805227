import { normalTail } from "./normal-tail.ts";
import { quantile } from "./quantile.ts";
import { studentQuantile } from "./student.ts";

/**
 * A statistic and its interval by the percentile bootstrap over clusters (Efron and Tibshirani 1993, "An Introduction to the
 * Bootstrap", chapter 13; Field and Welsh 2007, "Bootstrapping clustered data", doi 10.1111/j.1467-9868.2007.00593.x): as many
 * clusters as there are are drawn with replacement, the statistic is taken of what they hold together, and this is repeated; the
 * interval lies between two quantiles of them (type 7). By the method "percentile" these are (1 − level) / 2 and (1 + level) / 2, which is
 * too narrow for few clusters; "expanded", which is taken unless told, moves them outwards as Student's t with clusters − 1 degrees of
 * freedom asks for (Hesterberg 2015, "What teachers should know about the bootstrap", doi 10.1080/00031305.2015.1089789). Where
 * all clusters have the same, its interval has no width: it knows no other outcome.
 *
 * Each cluster is a row of sums, all of one length, and `statistic` is a function of the rows' total. A mean is `[sum, count]` and
 * `([sum, count]) => sum / count`; a balanced accuracy has right and all of each class; of two systems on the same cases, the sums of
 * both side by side give the interval of their paired difference. What depends on each other belongs into one cluster (images of a
 * patient). The statistic must not keep or change the array. It is NaN where it can't be told; such resamples do not count.
 *
 * With `strata`, one name a cluster, as many clusters of each stratum are drawn as it has (Davison and Hinkley 1997, "Bootstrap
 * Methods and their Application", section 3.2): so no class of a balanced accuracy is ever without a case.
 *
 * `random` is uniform in [0, 1), one number a draw; `resamples` is 2,000 and `level` 0.95 unless told. `interval` is null for fewer than
 * two clusters and where no resample has a statistic; `estimate` is that of all clusters.
 * Throws `RangeError` for no cluster, rows of several lengths, strata of another number, a sum that is not finite, or an option out
 * of range.
 */
export function clusterBootstrap(request: {
  clusters: readonly ArrayLike<number>[];
  statistic: (sums: Float64Array) => number;
  strata?: readonly string[];
  random: () => number;
  resamples?: number;
  level?: number;
  method?: "expanded" | "percentile";
}): { estimate: number; interval: [low: number, high: number] | null } {
  const {
    clusters,
    strata,
    statistic,
    random,
    resamples = 2_000,
    level = 0.95,
    method = "expanded",
  } = request;
  if (!(level > 0 && level < 1)) throw new RangeError(`The level must lie between 0 and 1; it is ${level}.`);
  if (!(Number.isSafeInteger(resamples) && resamples > 0)) {
    throw new RangeError(`The number of resamples must be a positive integer; it is ${resamples}.`);
  }
  const [first] = clusters;
  if (first === undefined) throw new RangeError("A bootstrap needs a cluster.");
  if (strata && strata.length !== clusters.length) throw new RangeError("Each cluster must have a stratum.");
  const members = Map.groupBy(clusters.keys(), (cluster) => strata?.[cluster]);
  const groups = [...members.values()].map((group) => Int32Array.from(group));
  const rows = packRows(clusters, first.length);
  const sums = new Float64Array(first.length);
  for (let cluster = 0; cluster < clusters.length; cluster++) addRow(sums, rows, cluster);
  const estimate = statistic(sums);
  if (clusters.length < 2) return { estimate, interval: null };
  const values: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    sums.fill(0);
    for (const group of groups) {
      for (let draw = 0; draw < group.length; draw++) {
        addRow(sums, rows, group[Math.floor(random() * group.length)]!);
      }
    }
    const value = statistic(sums);
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length === 0) return { estimate, interval: null };
  const tail = method === "expanded" ? expandedTail(level, clusters.length) : (1 - level) / 2;
  return { estimate, interval: [quantile(values, tail), quantile(values, 1 - tail)] };
}

function expandedTail(level: number, clusters: number): number {
  const t = studentQuantile((1 + level) / 2, clusters - 1);
  return normalTail(Math.sqrt(clusters / (clusters - 1)) * t);
}

/** Rows without their zeros, one after the other: cluster c has the entries from `starts[c]` to `starts[c + 1]`. */
type PackedRows = { starts: Int32Array; columns: Int32Array; values: Float64Array };

function packRows(clusters: readonly ArrayLike<number>[], length: number): PackedRows {
  const starts = new Int32Array(clusters.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [cluster, row] of clusters.entries()) {
    if (row.length !== length) throw new RangeError("All clusters must have sums of the same number.");
    for (let column = 0; column < length; column++) {
      const value = row[column]!;
      if (!Number.isFinite(value)) throw new RangeError(`The sums must be finite; one is ${value}.`);
      if (value === 0) continue;
      columns.push(column);
      values.push(value);
    }
    starts[cluster + 1] = values.length;
  }
  return { starts, columns: Int32Array.from(columns), values: Float64Array.from(values) };
}

function addRow(sums: Float64Array, { starts, columns, values }: PackedRows, cluster: number): void {
  const end = starts[cluster + 1]!;
  for (let entry = starts[cluster]!; entry < end; entry++) {
    const column = columns[entry]!;
    sums[column] = sums[column]! + values[entry]!;
  }
}
