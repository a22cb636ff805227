import type { Rung } from "../extraction/extraction.ts";
import type { ClassFigures, Figure } from "./class-figures.ts";
import type { PairedComparison } from "./compare-answers.ts";
import type { ExemplarLeaks } from "./exemplar-leaks.ts";
import type { Difference } from "./explain-difference.ts";
import type { GoldJoin } from "./join-golds.ts";
import type { RefusedRow } from "./prediction.ts";
import type { F1Arithmetic } from "./published-scores.ts";

/** How a profile reads the answers to a data set; counts are of answers. Answers without a label are wrong. */
export type ImportedReading = ClassFigures & {
  profile: string;
  right: number;
  unparsed: number;
  refused: number;
  /** Answers by the rung on which they were read. */
  rungs: Partial<Record<Rung, number>>;
};

export type ImportedDataSet = {
  dataset: string;
  /** Answers that are scored. */
  answers: number;
  /** Labels that are gold, with their number of answers. */
  classes: { label: string; text: string; answers: number }[];
  /** Accuracy of always answering the most frequent class. */
  majority: number;
  /** What stands together in a resample: slides where file names tell them, else images, else each answer. */
  clusters: { by: "case" | "slide" | "contour" | "image" | "answer"; count: number };
  /** Fewer than 30 answers: their figures say little. */
  few: boolean;
  /** The profile that was asked for first, then the others: ours is always among them. */
  readings: ImportedReading[];
  /** Accuracy of ours less that of the published scorer, on the same answers. */
  gain: Figure;
  difference: Difference;
  /** By both readings in their order; null where slides or exemplars are not known. */
  leaks: { profile: string; leaks: ExemplarLeaks }[] | null;
  /** With the file that was given to compare with; null without one, or where it lacks the data set. */
  comparisons: { profile: string; comparison: PairedComparison }[] | null;
};

/** What an answer was read as. */
export type ImportedAnswer = {
  row: number;
  dataset: string;
  sampleId: string;
  image: string | null;
  slide: string | null;
  gold: string;
  output: string;
  readings: { profile: string; state: string; rung: Rung | null; label: string | null; right: boolean }[];
};

/** How scores that were published compare with ours, by data set. */
type PublishedCheck = {
  /** The arithmetic of `scores` that gives more of them. */
  arithmetic: F1Arithmetic;
  dataSets: { dataset: string; f1: number; acc: number; equal: boolean }[];
};

type Scores = Record<string, { f1: number; acc: number }>;

/** A file of predictions, scored. `scores` and `details` are what the published scorer writes, by the profile asked for. */
export type PredictionImport = {
  format: string;
  profile: string;
  rows: number;
  refused: RefusedRow[];
  /** Null where no test file was given. */
  join: GoldJoin | null;
  datasets: ImportedDataSet[];
  scores: Scores;
  /** The same in both arithmetics of scikit-learn's F1, which differ in the last digit. */
  scoresByArithmetic: Record<F1Arithmetic, Scores>;
  /** Unweighted means over the data sets. */
  average: { f1: number; acc: number };
  /** Null where no published scores were given. */
  published: PublishedCheck | null;
  answers: ImportedAnswer[];
};
