import { medicalNotice, type Report, type ReportArm, type ReportComparison } from "#contracts";

const hostile = `a"b,<c>&|_$%#~^\\ \u0000 =1`;
const figure = { title: "Accuracy", better: "higher", samples: 10, groups: 5, warnings: [] } as const;

function arm(id: string, parts: Partial<ReportArm>): ReportArm {
  return {
    ...{
      id,
      hash: null,
      dataSet: "films",
      model: hostile,
      condition: "zero-shot",
      seed: 1,
      isBaseline: false,
      run: null,
      exemplars: null,
    },
    counts: { tasks: 10, missing: 1, failed: 2, unparsed: 3, refused: 0, abstained: 0 },
    usage: { inputTokens: null, outputTokens: null, costMicrodollars: null },
    figures: [{ ...figure, metric: "accuracy", value: 0.5, interval: [0.25, 0.75] }],
    gain: null,
    confusion: null,
    reliability: null,
    tags: [],
    untouched: null,
    ...parts,
  };
}

/** A report of two arms and a baseline with words that break what they are put into, for tests. */
export const testReport: Report = {
  ...{ version: 1, name: "run", title: hostile, profile: "medrounds", seeds: [1], repeats: 1 },
  starts: [{ at: "2026-01-01T00:00:00.000Z", medrounds: "0.1.0", suiteHash: "ab".repeat(32), shard: null }],
  dataSets: [
    {
      ...{ name: "films", format: "manifest", samples: 10, images: 0, groups: 5, hash: "", refused: 0 },
      card: { title: "", license: "CC0", source: "", splits: "", contamination: "none" },
      leaks: [{ of: "libraries", sources: ["texts"], checked: 10, touched: 2, reasons: { samePatient: 2 } }],
    },
  ],
  arms: [
    arm("first", {}),
    arm("second", {
      condition: "few-shot",
      counts: { tasks: 10, missing: 0, failed: 0, unparsed: 0, refused: 0, abstained: 0 },
      figures: [{ ...figure, metric: "accuracy", value: 0.7, interval: null }],
      gain: {
        ...{ over: "first", metric: "accuracy", difference: 0.2, interval: [-0.1, 0.5] },
        ...{ pValue: 0.25, adjusted: 0.5, test: "McNemar's exact test", samples: 7, gained: 2, lost: 0 },
        sentences: ["The interval includes zero: no difference is shown."],
      },
    }),
    arm("majority", { isBaseline: true, model: "majority", condition: "baseline" }),
  ],
  ...{ leftOut: [], suite: "{}", notes: [], comparison: null, notice: medicalNotice },
};

/** What the second arm of `testReport` loses beside the first, as if they were of two runs. */
export const testComparison: ReportComparison = {
  ...{ first: "before", second: "after", alone: ["majority"] },
  pairs: [
    {
      ...{ dataSet: "films", first: "first", second: "second" },
      gain: {
        ...{ over: "first", metric: "accuracy", difference: -0.2, interval: [-0.3, -0.1] },
        ...{ pValue: 0.01, adjusted: 0.02, test: "McNemar's exact test", samples: 7, gained: 0, lost: 2 },
        sentences: ["The interval excludes zero."],
      },
    },
  ],
};
