export type Labels = Readonly<Record<string, string>>;
/** `suffix` as a histogram's series have it: _bucket, _sum, _count. */
export type Sample = { suffix?: string; labels: Labels; value: number };

/** A family of time series, read when it is asked for. */
export type Metric = {
  /** In base units, as seconds (https://prometheus.io/docs/practices/naming). */
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  samples(): readonly Sample[] | Promise<readonly Sample[]>;
};

type Description = Pick<Metric, "name" | "help">;

/** A number for each combination of labels, which only grows; its name ends in `_total`. */
export function createCounter(description: Description): Metric & { add(labels: Labels, by?: number): void } {
  const series = createSeries(() => ({ value: 0 }));
  return {
    ...description,
    type: "counter",
    add(labels, by = 1) {
      series.of(labels).value += by;
    },
    samples: () => series.map((labels, { value }) => [{ labels, value }]),
  };
}

/** Numbers that go up and down, as they are at the moment. */
export function createGauge(description: Description & Pick<Metric, "samples">): Metric {
  return { ...description, type: "gauge" };
}

/** How often a value was at most each of `bounds`, which rise. */
export function createHistogram(
  description: Description & { bounds: readonly number[] },
): Metric & { observe(labels: Labels, value: number): void } {
  const { bounds, ...rest } = description;
  const series = createSeries(() => ({ counts: new Array<number>(bounds.length + 1).fill(0), sum: 0 }));
  return {
    ...rest,
    type: "histogram",
    observe(labels, value) {
      const one = series.of(labels);
      const found = bounds.findIndex((bound) => value <= bound);
      const place = found === -1 ? bounds.length : found;
      one.counts[place] = (one.counts[place] ?? 0) + 1;
      one.sum += value;
    },
    samples: () =>
      series.map((labels, { counts, sum }) => {
        let count = 0;
        const buckets = counts.map((inBucket, index) => {
          count += inBucket;
          const bound = bounds[index];
          const le = bound === undefined ? "+Inf" : String(bound);
          return { suffix: "_bucket", labels: { ...labels, le }, value: count };
        });
        return [
          ...buckets,
          { suffix: "_sum", labels, value: sum },
          { suffix: "_count", labels, value: count },
        ];
      }),
  };
}

/** What is kept for each combination of labels. Labels are given in the same order every time. */
function createSeries<Kept>(create: () => Kept) {
  const kept = new Map<string, { labels: Labels; value: Kept }>();
  return {
    of(labels: Labels): Kept {
      const key = Object.values(labels).join("\n");
      const known = kept.get(key);
      if (known) return known.value;
      const value = create();
      kept.set(key, { labels, value });
      return value;
    },
    map(apply: (labels: Labels, value: Kept) => Sample[]): Sample[] {
      return [...kept.values()].flatMap(({ labels, value }) => apply(labels, value));
    },
  };
}
