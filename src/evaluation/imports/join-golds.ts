import type { Prediction, RefusedRow } from "./prediction.ts";
import { readPrompt } from "./prompt-parts.ts";

/** What joining found beside golds, in numbers of answers; `unanswered` is of the test file. */
export type GoldJoin = {
  /** Answers to no sample of the test file: not scored. */
  unmatched: number;
  /** Answers to what the test file has with several golds: not scored. */
  ambiguous: number;
  /** Samples without an answer. */
  unanswered: number;
  /** Answers whose file has another gold than the test file, as where rows were joined by position; the test file's counts. */
  contradicted: number;
};

/**
 * Gives predictions the golds of a test file. They are joined by content, and never by position: by the images and options; where
 * there are no images, by the data set, its id of the sample, and the options. An answer whose prompt has no options is joined without.
 */
export function joinGolds(
  predictions: readonly Prediction[],
  golds: readonly Prediction[],
): { predictions: Prediction[]; refused: RefusedRow[]; join: GoldJoin } {
  const known = new Map<string, Prediction[]>();
  for (const gold of golds) {
    for (const key of [...keysOf(gold), ...keysOf({ ...gold, prompt: "" })]) {
      const same = known.get(key);
      if (same === undefined) known.set(key, [gold]);
      else if (same.at(-1) !== gold) same.push(gold);
    }
  }
  const joined: Prediction[] = [];
  const refused: RefusedRow[] = [];
  const answered = new Set<Prediction>();
  const join = { unmatched: 0, ambiguous: 0, unanswered: 0, contradicted: 0 };
  for (const prediction of predictions) {
    const matches = known.get(keysOf(prediction)[0] ?? "") ?? [];
    const [match] = matches;
    for (const one of matches) answered.add(one);
    const { row } = prediction;
    if (match === undefined) {
      join.unmatched++;
      refused.push({ row, message: "The test file has no sample with its images and options." });
    } else if (new Set(matches.map(({ gold }) => gold)).size > 1) {
      join.ambiguous++;
      refused.push({ row, message: "The test file has several golds for its images and options." });
    } else {
      if (prediction.gold !== null && prediction.gold.trim() !== match.gold?.trim()) join.contradicted++;
      const { gold, dataset, sampleId, questionType } = match;
      const images = prediction.images.length > 0 ? prediction.images : match.images;
      const prompt = readPrompt(prediction.prompt).options.length > 0 ? prediction.prompt : match.prompt;
      joined.push({ ...prediction, gold, dataset, sampleId, questionType, images, prompt });
    }
  }
  join.unanswered = golds.filter((gold) => !answered.has(gold)).length;
  return { predictions: joined, refused, join };
}

/** A row is known by its images where it has any, and by the data set's id of it where it has one. */
function keysOf({ images, dataset, sampleId, prompt }: Prediction): string[] {
  const options = readPrompt(prompt).options.map(({ label, text }) => [label, text]);
  return [
    ...(images.length > 0 ? [JSON.stringify(["images", images, options])] : []),
    ...(sampleId === "" ? [] : [JSON.stringify(["sample", dataset, sampleId, options])]),
  ];
}
