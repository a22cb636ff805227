import { MedRoundsError } from "#contracts";
import { findProfile } from "../extraction/profiles/find-profile.ts";
import { medrounds } from "../extraction/profiles/medrounds.ts";
import { ralmPath } from "../extraction/profiles/ralm-path.ts";
import { importDataSet, type ReadPrediction, readPredictions } from "./import-data-set.ts";
import { type GoldJoin, joinGolds } from "./join-golds.ts";
import { judgePredictions } from "./judge-predictions.ts";
import { predictionFormats } from "./list.ts";
import type { JudgedPrediction, PredictionFormat, RefusedRow } from "./prediction.ts";
import type { ImportedAnswer, PredictionImport } from "./prediction-import.ts";
import { scoreAsPublished } from "./score-as-published.ts";

/**
 * The content of the files; names are not looked at. `golds` is a test file, `against` another file of predictions, `published` the
 * scores that were published beside them.
 */
export type ImportRequest = {
  format: string;
  profile: string;
  predictions: string;
  golds?: string;
  against?: string;
  published?: string;
};

/** An import with the predictions themselves, from which the scorer's files can be written. */
export type ScoredPredictions = { result: PredictionImport; dataSets: Map<string, ReadPrediction[]> };

/**
 * Scores a file of published predictions: by the profile asked for and, beside it, by our own; where our own is asked for, beside the
 * published scorer. Rows that cannot be read or have no gold are refused alone. Throws `usage-invalid` for a format or profile that is
 * not there, and `predictions-invalid` where no row is left to score.
 */
export function importPredictions(request: ImportRequest): ScoredPredictions {
  const format = findFormat(request.format);
  const asked = findProfile(request.profile);
  const profiles = [asked, asked === medrounds ? ralmPath : medrounds];
  const { dataSets, refused, join, rows } = readFile(format, request.predictions, request.golds);
  const before =
    request.against === undefined ? null : readFile(format, request.against, request.golds).dataSets;
  const read = new Map<string, ReadPrediction[]>();
  const datasets = [...dataSets].map(([dataset, predictions]) => {
    const answers = readPredictions(predictions, profiles);
    read.set(dataset, answers);
    const earlier = before?.get(dataset);
    return importDataSet({
      ...{ dataset, answers, profiles, ours: profiles.indexOf(medrounds) },
      before: earlier === undefined ? null : readPredictions(earlier, profiles),
    });
  });
  const scored = scoreAsPublished(read, request.published);
  const { scores } = scored;
  for (const { dataset, readings } of datasets) readings[0]!.weightedF1.value = scores[dataset]!.f1;
  const all = Object.values(scores);
  const mean = (of: (score: { f1: number; acc: number }) => number) =>
    all.reduce((sum, score) => sum + of(score), 0) / all.length;
  return {
    dataSets: read,
    result: {
      ...{ format: format.name, profile: asked.name, rows, refused, join, datasets, ...scored },
      average: { f1: mean(({ f1 }) => f1), acc: mean(({ acc }) => acc) },
      answers: [...read.values()].flat().map((answer) =>
        describeAnswer(
          answer,
          profiles.map(({ name }) => name),
        ),
      ),
    },
  };
}

function findFormat(name: string): PredictionFormat {
  const found = predictionFormats.find((format) => format.name === name);
  if (found) return found;
  const names = predictionFormats.map((format) => format.name).join(", ");
  throw new MedRoundsError("usage-invalid", `There is no format ${name.slice(0, 40)}; there is ${names}.`);
}

function readFile(
  format: PredictionFormat,
  text: string,
  golds: string | undefined,
): { dataSets: Map<string, JudgedPrediction[]>; refused: RefusedRow[]; join: GoldJoin | null; rows: number } {
  const { predictions, refused } = format.parse(text);
  const joined = golds === undefined ? null : joinGolds(predictions, format.parseGolds(golds).predictions);
  const judged = judgePredictions(joined?.predictions ?? predictions);
  const all = [...refused, ...(joined?.refused ?? []), ...judged.refused];
  all.sort((one, other) => one.row - other.row);
  if (judged.dataSets.size === 0) {
    const message = `No answer has a right one beside it. ${all[0]?.message ?? ""}`.trim();
    throw new MedRoundsError("predictions-invalid", message, { rows: predictions.length });
  }
  const rows = predictions.length + refused.length;
  return { dataSets: judged.dataSets, refused: all, join: joined?.join ?? null, rows };
}

function describeAnswer(
  { prediction, readings }: ReadPrediction,
  profiles: readonly string[],
): ImportedAnswer {
  const { row, dataset, sampleId, images, slide, goldLabel, output } = prediction;
  return {
    ...{ row, dataset, sampleId, image: images.at(-1) ?? null, slide, gold: goldLabel, output },
    readings: readings.map(({ extraction, label, right }, index) => {
      const rung = extraction.state === "parsed" ? extraction.rung : null;
      return { profile: profiles[index]!, state: extraction.state, rung, label, right };
    }),
  };
}
