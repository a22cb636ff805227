import { MedRoundsError } from "#contracts";
import { isRecord, readJsonValues } from "./json-values.ts";
import { nestedRows } from "./nested-rows.ts";
import type { Prediction, PredictionFormat, RefusedRow } from "./prediction.ts";

/**
 * The files of RALM-Path (ttchu1221/RALM-Path): `pred.json`, a list of `{conversations, image, metadata}`; `result.json`, a list of
 * `[[{from human}, {from gpt}, {image}]]` of hosted models or such an inner list a line of open ones; LLaVA's `result.jsonl` of
 * `{dataset, sample_id, prompt, pred_response, gt_response}`. The test file is a list of `{sample_id, conversations, image, metadata}`
 * with the gold as the answer. What a row lacks is left empty; the data set is then the first part of the first image's path.
 */
export const ralmPathPredictions: PredictionFormat = {
  name: "ralm-path",
  description: "pred.json, result.json and result.jsonl of RALM-Path",
  parse(text) {
    return readRows(text, (row, number) => {
      const read = readRow(row, number);
      if (isTestRecord(row)) throw unreadable("It is a record of the test file: its answer is the gold.");
      return read;
    });
  },
  parseGolds(text) {
    return readRows(text, (row, number) => {
      const read = readRow(row, number);
      return { ...read, gold: read.gold ?? read.output };
    });
  },
};

function readRows(text: string, read: (row: unknown, number: number) => Prediction) {
  const { values, broken } = readJsonValues(text);
  const refused: RefusedRow[] = broken.map((row) => ({ row, message: `Line ${row} is no JSON.` }));
  const predictions: Prediction[] = [];
  for (const [index, value] of nestedRows(values).entries()) {
    try {
      predictions.push(read(value, index + 1));
    } catch (error) {
      if (!(error instanceof MedRoundsError)) throw error;
      refused.push({ row: index + 1, message: error.message });
    }
  }
  if (predictions.length === 0) {
    const message = `No row of the file can be read. ${refused[0]?.message ?? "It has none."}`;
    throw new MedRoundsError("predictions-invalid", message, { rows: refused.length });
  }
  return { predictions, refused };
}

function isTestRecord(row: unknown): boolean {
  if (!isRecord(row) || !isRecord(row.metadata)) return false;
  return row.metadata.correct !== undefined && row.metadata.answer === undefined;
}

function readRow(row: unknown, number: number): Prediction {
  if (isRecord(row) && "pred_response" in row) return readLlavaRow(row, number);
  if (isRecord(row)) {
    const metadata = isRecord(row.metadata) ? row.metadata : {};
    const { dataset, question_type, answer } = metadata;
    const turns = row.conversations;
    if (!Array.isArray(turns)) throw unreadable("It has no conversations.");
    const fields = { dataset, questionType: question_type, gold: answer, sampleId: row.sample_id };
    return fill({ number, human: turns[0], model: turns[1], images: row.image, ...fields });
  }
  const parts: unknown = Array.isArray(row) && Array.isArray(row[0]) ? row[0] : row;
  if (!Array.isArray(parts)) throw unreadable("It is neither an object nor a list.");
  const [human, model, last] = parts as unknown[];
  return fill({ number, human, model, images: isRecord(last) ? last.image : undefined });
}

function readLlavaRow(row: Record<string, unknown>, number: number): Prediction {
  const { dataset, sample_id, prompt, pred_response, gt_response, question_type, image } = row;
  return fill({
    ...{
      number,
      dataset,
      images: image,
      gold: gt_response,
      sampleId: sample_id,
      questionType: question_type,
    },
    human: { value: prompt },
    model: { value: pred_response },
  });
}

function fill(row: {
  number: number;
  human: unknown;
  model: unknown;
  images: unknown;
  dataset?: unknown;
  gold?: unknown;
  sampleId?: unknown;
  questionType?: unknown;
}): Prediction {
  const value = isRecord(row.model) ? row.model.value : undefined;
  const answers = (Array.isArray(value) ? value : [value]).map(asText);
  const [answer] = answers;
  if (value === undefined || answer === undefined) throw unreadable("It has no answer of the model.");
  const images = (Array.isArray(row.images) ? row.images : [row.images]).flatMap(
    (path) => asText(path) ?? [],
  );
  return {
    row: row.number,
    dataset: asText(row.dataset) || images[0]?.split(/[\\/]/).find((part) => /[^.]/.test(part)) || "unnamed",
    sampleId: asText(row.sampleId) ?? "",
    prompt: (isRecord(row.human) ? asText(row.human.value) : undefined) ?? "",
    output: answers.map((text) => text ?? "").join("\n"),
    element: Array.isArray(value) ? answer : ([...answer.slice(0, 2)][0] ?? null),
    gold: row.gold === null ? null : (asText(row.gold) ?? null),
    images,
    questionType: asText(row.questionType) ?? "close",
  };
}

function unreadable(message: string): MedRoundsError {
  return new MedRoundsError("predictions-invalid", message);
}

/** A text as it is, a number as it is written; an answer that is null is an empty one only where a model gave it. */
function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value === null) return "";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
