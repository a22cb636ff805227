import { MedRoundsError } from "#contracts";
import type { ReadPrediction } from "./import-data-set.ts";
import { isRecord, readJsonValues } from "./json-values.ts";
import type { PredictionImport } from "./prediction-import.ts";
import { accuracyOf, type F1Arithmetic, f1Arithmetics, weightedF1Of } from "./published-scores.ts";

/**
 * Scores by the profile asked for, of each data set. Where scores were published (`eval_dataset.json`), those are told beside them, and
 * the arithmetic is that which gives more of them; else it is "counts". Throws
 * `predictions-invalid` where `published` is no such file.
 */
export function scoreAsPublished(
  dataSets: ReadonlyMap<string, readonly ReadPrediction[]>,
  published: string | undefined,
): Pick<PredictionImport, "scores" | "scoresByArithmetic" | "published"> {
  const scoresByArithmetic = {
    counts: scoreEach(dataSets, "counts"),
    "precision-recall": scoreEach(dataSets, "precision-recall"),
  };
  if (published === undefined) {
    return { scores: scoresByArithmetic.counts, scoresByArithmetic, published: null };
  }
  const known = readScores(published);
  const checks = f1Arithmetics.map((arithmetic) => {
    const scores = scoresByArithmetic[arithmetic];
    const compared = known.map((score) => {
      const own = Object.hasOwn(scores, score.dataset) ? scores[score.dataset] : undefined;
      return { ...score, equal: own?.f1 === score.f1 && own.acc === score.acc };
    });
    return { scores, scoresByArithmetic, published: { arithmetic, dataSets: compared } };
  });
  return checks.reduce((best, check) => (equals(check) > equals(best) ? check : best));
}

function equals({ published }: { published: { dataSets: { equal: boolean }[] } }): number {
  return published.dataSets.filter(({ equal }) => equal).length;
}

function scoreEach(dataSets: ReadonlyMap<string, readonly ReadPrediction[]>, arithmetic: F1Arithmetic) {
  const scores = [...dataSets].map(([dataset, answers]) => {
    const pairs = answers.map(({ readings }) => readings[0]!.pair);
    return [dataset, { f1: weightedF1Of(pairs, arithmetic), acc: accuracyOf(pairs) }] as const;
  });
  return Object.fromEntries(scores);
}

function readScores(text: string): { dataset: string; f1: number; acc: number }[] {
  const [file] = readFile(text);
  return Object.entries(isRecord(file) ? file : {}).flatMap(([dataset, score]) => {
    if (!isRecord(score) || typeof score.f1 !== "number" || typeof score.acc !== "number") return [];
    return [{ dataset, f1: score.f1, acc: score.acc }];
  });
}

function readFile(text: string): unknown[] {
  try {
    return readJsonValues(text).values;
  } catch {
    throw new MedRoundsError("predictions-invalid", "The file of published scores holds no JSON.");
  }
}
