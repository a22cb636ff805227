import type { Failure, RoundEvent } from "#contracts";
import type { Extraction } from "../extraction/extraction.ts";
import type { Gold, Sample } from "../samples/sample.ts";

/** What a sample cost; null where it is not known. */
export type Usage = {
  inputTokens: number | null;
  outputTokens: number | null;
  costMicrodollars: number | null;
};

/** A solved example as it was shown in front of a question; logs of older versions have its sample and label alone. */
export type ShownExemplar = {
  sample: string;
  /** Its label among the question's options, or its answer's text. */
  label: string;
  sourceId?: string;
  /** SHA-256 of its images. */
  images?: readonly string[];
  /** Cosine of its image's vector with the question's, −1 to 1; null where images were not compared. */
  similarity?: number | null;
};

/** What an arm said to a sample, as it is kept; scores are made from it, and can be made again. */
export type SampleAnswer = {
  /** The final answer as it was written. */
  output: string;
  /** 0 to 1, by option label, where it was measured. */
  probabilities: Readonly<Record<string, number>> | null;
  confidence: number | null;
  abstained: boolean;
  usage: Usage;
  /** Samples shown in front of the question, in the order shown; empty where there were none. */
  exemplars: readonly ShownExemplar[];
  /**
   * The options' labels in the data set, in the order in which they were shown. Shown, the n-th option has the n-th label of the data set,
   * and `output` speaks of these; `probabilities` are by the data set's own labels. `shownOptions` translates.
   */
  optionOrder: readonly string[];
  /** What was sent, where it was one prompt: a line `<image>` stands for each image. */
  prompt?: string;
  /** The whole round, where the run keeps rounds. */
  events: readonly RoundEvent[] | null;
};

/** A line of a run's log. The last of a task counts; earlier failures stay in it. */
export type SampleRecord = {
  arm: string;
  sample: string;
  repeat: number;
  /** ISO 8601, and how long it took. */
  at: string;
  milliseconds: number;
} & (
  | { state: "answered"; answer: SampleAnswer; attempts: readonly Failure[] }
  | { state: "failed"; failure: Failure; attempts: readonly Failure[] }
);

/** A number that a sample's answer was measured by, or why it could not be: never NaN, and never left out in silence. */
export type Measured = number | { missing: string };

/** What was made of an answer, and can be made again. */
export type AnswerScore = {
  /** Null where the sample failed: it has no answer, and no score either. `label` is the data set's. */
  extraction: Extraction | null;
  /** 1 right, 0 wrong, between for partly right; unparsed and refused answers are 0, failed samples and reports null. */
  correct: number | null;
  /** By the measure's name; what does not apply to the sample is not there. */
  measures: Readonly<Record<string, Measured>>;
};

/** An answer beside what is right: what metrics read. */
export type ScoredSample = AnswerScore & {
  sample: string;
  group: string;
  tags: Sample["tags"];
  repeat: number;
  gold: Gold;
  /** Labels of the options, in the data set's order; empty for an open question. */
  labels: readonly string[];
  /** The options' texts beside them. */
  texts: readonly string[];
  /** Without the round's events, which its measures were made of. */
  answer: SampleAnswer | null;
};

/**
 * A figure over samples, as a function of sums: so that a resample costs as much as adding its rows, and a paired difference has both
 * systems' sums side by side. Pure. One file, one test, one line in `list.ts`.
 */
export type AnswerMetric = {
  name: string;
  title: string;
  better: "higher" | "lower" | "neither";
  /** Made for the samples at hand (their classes, their options); null where the figure does not apply to them. */
  prepare(samples: readonly ScoredSample[]): MetricTally | null;
};

export type MetricTally = {
  /** What the sample adds, always of the same length; null where it does not count, as a failed one. */
  row(sample: ScoredSample): ArrayLike<number> | null;
  /** NaN where it cannot be told. Must not keep or change the array. */
  statistic(sums: Float64Array): number;
  /** Rows are `[value, 1]`, and the statistic is their mean. */
  isMean?: true;
  /** Their values lie in 0–1, most of them being 0 or 1. */
  isShare?: true;
};

/** A number for one answer, kept with its score: its mean is a metric. Pure. One file, one test, one line in `list.ts`. */
export type AnswerMeasure = {
  name: string;
  title: string;
  better: "higher" | "lower" | "neither";
  /** Null where it does not apply to the sample. */
  measure(answered: AnsweredSample): Measured | null;
};

/** A sample with its answer and how that was read: what measures and judges read. */
export type AnsweredSample = {
  sample: Pick<Sample, "id" | "question" | "options" | "gold" | "sources"> & {
    /** Their hashes, where they are known. */
    images?: readonly Pick<Sample["images"][number], "sha256">[];
  };
  answer: SampleAnswer;
  extraction: Extraction;
};
