import type { Sample } from "../samples/sample.ts";

/** A solved example that stands in front of a question. */
export type Exemplar = {
  sample: Sample;
  /** What is shown as its answer: the text of its class, or its first right text. */
  answer: string;
  /** Cosine of its image's vector with the query's, −1 to 1; null where images were not compared. */
  similarity: number | null;
};

/**
 * How exemplars are chosen. With `perClass` so many of each of the query's options, else `count` of all together; a query without options
 * has no classes, and `perClass` counts over all.
 * - `similar`: the most similar images
 * - `random`: drawn anew for each query
 * - `fixed`: drawn once, the same for every query that may be shown them
 * - `same-slide`: the most similar of the query's own slide, or patient where slides are unknown: a control that leaks on purpose
 *
 * `order` says how they then stand: drawn for each query, or as published: the classes in the options' order, the most similar first.
 * With `mixesGroups`, as published, they may be of the query's own patient or slide, or show its image; what is not to be shown is barred.
 */
export type ExemplarRule = {
  choice: "similar" | "random" | "fixed" | "same-slide";
  amount: { type: "per-class" | "of-all"; number: number };
  order: "random" | "fixed";
  mixesGroups?: boolean | undefined;
};

/** What was chosen for a query. Nobody is left out for what is `missing`: the query is asked with what there is. */
export type ChosenExemplars = {
  /** In the order in which they are shown. */
  exemplars: readonly Exemplar[];
  /** Whether images were compared; the similar ones are drawn where the query's is not known. */
  isCompared: boolean;
  /** Classes that gave fewer than wanted; `answer` is null where all classes count together. */
  missing: readonly { answer: string | null; wanted: number; found: number }[];
};

/** The text that stands for a sample's right answer; undefined where it has none that could be shown, and it is no exemplar. */
export function answerText({ gold, options }: Pick<Sample, "gold" | "options">): string | undefined {
  if (gold.type === "option") return options.find(({ label }) => label === gold.label)?.text;
  if (gold.type === "text") return gold.texts[0];
  return gold.type === "report" ? gold.text : undefined;
}
