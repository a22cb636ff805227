import type { Failure } from "./errors.ts";
import type { RoundEvent } from "./event.ts";
import type { Option } from "./question.ts";

/** A figure over an arm's samples. */
export type ReportFigure = {
  metric: string;
  title: string;
  better: "higher" | "lower" | "neither";
  /** Null where it cannot be told. */
  value: number | null;
  /** At 95 %; null where there is none. */
  interval: readonly [low: number, high: number] | null;
  /** Samples that count, and how many groups (patients, slides) they are of. */
  samples: number;
  groups: number;
  /** Why it may say little. */
  warnings: readonly string[];
};

/** What an arm gains over the first condition of its data set, model and seed, on the samples that both answered. */
export type ReportGain = {
  /** The arm that it is compared with. */
  over: string;
  metric: string;
  /** This arm minus the other. */
  difference: number;
  interval: readonly [low: number, high: number] | null;
  /** Of the paired test that `test` names, and after Holm over all gains of the report. */
  pValue: number;
  adjusted: number;
  test: string;
  samples: number;
  gained: number;
  lost: number;
  /** What may be said of it. */
  sentences: readonly string[];
};

/** Who was taken for what. `counts[gold][said]`; answers that named no class are in `unanswered`. */
export type ReportConfusion = {
  classes: readonly string[];
  counts: readonly (readonly number[])[];
  unanswered: readonly number[];
};

export type ReportReliability = readonly {
  from: number;
  to: number;
  count: number;
  confidence: number;
  share: number;
}[];

/** How an arm did on the samples with one value of a tag. */
export type ReportTagRow = {
  tag: string;
  value: string;
  samples: number;
  share: number | null;
  interval: readonly [low: number, high: number] | null;
};

/** One way of answering one data set, or a baseline that asks no model. */
export type ReportArm = {
  id: string;
  hash: string | null;
  dataSet: string;
  model: string;
  condition: string;
  seed: number;
  isBaseline: boolean;
  /** The run that it is of, where a report holds two; null else. */
  run: string | null;
  /** How its condition chose solved examples; null where it shows none. */
  exemplars: "similar" | "random" | "fixed" | "same-slide" | "recorded" | null;
  /** Tasks, and what became of them. `missing` were not asked yet, or are none that a baseline says anything to. */
  counts: {
    tasks: number;
    missing: number;
    failed: number;
    unparsed: number;
    refused: number;
    abstained: number;
  };
  usage: { inputTokens: number | null; outputTokens: number | null; costMicrodollars: number | null };
  figures: readonly ReportFigure[];
  gain: ReportGain | null;
  confusion: ReportConfusion | null;
  reliability: ReportReliability | null;
  tags: readonly ReportTagRow[];
  /** The first figure without samples that a leak check touched; null where none was made, or nothing was touched. */
  untouched: ReportFigure | null;
};

export type ReportDataSet = {
  name: string;
  format: string;
  card: { title: string; license: string; source: string; splits: string; contamination: string };
  samples: number;
  images: number;
  groups: number;
  hash: string;
  refused: number;
  /** Empty where none were looked for. */
  leaks: readonly ReportLeaks[];
};

/** Samples that the libraries of conditions, or the solved examples of one, hold in some form. */
export type ReportLeaks = {
  of: "libraries" | "exemplars";
  /** The conditions. */
  sources: readonly string[];
  checked: number;
  touched: number;
  reasons: Readonly<Record<string, number>>;
};

/** An arm of one run beside the arm of another that is like it. */
export type ReportPair = { dataSet: string; first: string; second: string; gain: ReportGain };

/** Two runs beside each other: what the second gains over the first on common tasks. p values are adjusted over all pairs. */
export type ReportComparison = {
  /** The runs' names, which differ. */
  first: string;
  second: string;
  pairs: readonly ReportPair[];
  /** Arms that have none beside them, or no common task. */
  alone: readonly string[];
};

/** All figures of a run, or of two: what a report shows apart from its samples. */
export type Report = {
  version: 1;
  name: string;
  title: string;
  profile: string;
  starts: readonly { at: string; medrounds: string; suiteHash: string; shard: string | null }[];
  seeds: readonly number[];
  repeats: number;
  dataSets: readonly ReportDataSet[];
  arms: readonly ReportArm[];
  /** Combinations that were not asked, and why. */
  leftOut: readonly { dataSet: string; model: string; condition: string; reason: string }[];
  /** The suite as it was run, in JSON. */
  suite: string;
  notes: readonly string[];
  /** Null in the report of one run. */
  comparison: ReportComparison | null;
  notice: string;
};

/** What became of a task. */
export const reportStates = [
  "right",
  "wrong",
  "partly",
  "unparsed",
  "refused",
  "abstained",
  "failed",
  "unscored",
] as const;
export type ReportState = (typeof reportStates)[number];

/** All tasks of a run in columns, short enough to be held and searched at once: arm by arm, in the order of the data sets. */
export type ReportIndex = {
  samples: {
    ids: readonly string[];
    sourceIds: readonly string[];
    dataSets: readonly string[];
    /** Shortened. */
    questions: readonly string[];
    golds: readonly string[];
    tags: readonly Readonly<Record<string, string>>[];
    /** Places in `images`. */
    images: readonly (readonly number[])[];
  };
  arms: readonly string[];
  rows: {
    arm: readonly number[];
    sample: readonly number[];
    repeat: readonly number[];
    /** Place in `reportStates`. */
    state: readonly number[];
    /** How the answer was found, or "". */
    rung: readonly string[];
    /** What was said, shortened. */
    said: readonly string[];
    correct: readonly (number | null)[];
    confidence: readonly (number | null)[];
    milliseconds: readonly number[];
    /** Where its details stand among those of all rows, in the order of the log. */
    place: readonly number[];
  };
  /** First place of each chunk. */
  chunkStarts: readonly number[];
  /** Files of the chunks beside the report; empty where it holds them itself. */
  chunkFiles: readonly string[];
  /** A data address of each image, small, or one beside the report; empty where it is not shown. */
  images: readonly string[];
};

/** A solved example that stood in front of a question. */
export type ReportExemplar = {
  sample: string;
  sourceId: string;
  label: string;
  /** Places of its images in `ReportIndex.images`. */
  images: readonly number[];
  /** Cosine of its image's vector with the question's; null where images were not compared. */
  similarity: number | null;
};

/** A task in full. */
export type ReportSample = {
  sourceId: string;
  question: string;
  options: readonly Option[];
  images: readonly { name: string; sha256: string }[];
  gold: string;
  group: string;
  tags: Readonly<Record<string, string>>;
  at: string;
  attempts: readonly Failure[];
  failure: Failure | null;
  extracted: string | null;
  answer: {
    output: string;
    probabilities: Readonly<Record<string, number>> | null;
    exemplars: readonly ReportExemplar[];
    /** What was sent, where it was one prompt. */
    prompt?: string;
    optionOrder: readonly string[];
    usage: { inputTokens: number | null; outputTokens: number | null; costMicrodollars: number | null };
    events: readonly RoundEvent[] | null;
  } | null;
};
