import { basename, dirname } from "node:path";
import { MedRoundsError } from "#contracts";
import { fileError, readBoundedFile, readJsonLines } from "#platform";
import type { TestQuestion } from "#text";
import { questionsIn } from "./question-rows.ts";

/** Names that say nothing of the set that a file holds: its folder does. */
const generalNames = /^(?:manifest|queries|questions|data)$/;

/**
 * Reads the questions of a test set: JSON lines (also `.gz`), or one JSON document in the form of MIRAGE's `benchmark.json`
 * (`{ data set: { id: { question, options, answer } } }`), of one level (`{ id: { question } }`) or a list. `questionsIn` says which
 * rows are understood. The set is named after the file, for `manifest` and `queries` after its folder. All is read or nothing: a
 * question that is passed over would be reported as not leaked. Throws `path-missing`, `path-unreadable`, `file-too-large`, and with
 * the facts `file` and `line` `row-not-json`, `row-too-long` and `row-invalid`.
 */
export async function readTestSet(file: string, signal?: AbortSignal): Promise<TestQuestion[]> {
  const name = basename(file)
    .replace(/\.(?:gz|zst)$/, "")
    .replace(/\.\w+$/, "");
  const set = generalNames.test(name) ? basename(dirname(file)) : name;
  const document = file.endsWith(".json") ? await readDocument(file, signal) : undefined;
  const rows =
    document === undefined ? await readLines(file, signal) : rowsOf({ value: document, set, id: null });
  if (rows.length === 0) throw notATestSet(file, { problem: "holds no question", line: 0 });
  const zeroBased = rows.some(({ row }) => row.cop === 0);
  const oneBased = rows.some(({ row }) => row.cop === 4);
  return rows.flatMap(({ row, line, ...place }, index) => {
    const questions = questionsIn(row, {
      set: place.set ?? set,
      id: place.id ?? String(index + 1),
      // MedMCQA counts `cop` from 1 where its authors publish it and from 0 on the Hugging Face hub.
      firstOption: zeroBased === oneBased ? null : zeroBased ? 0 : 1,
    });
    if (questions.length === 0)
      throw notATestSet(file, { problem: "has no question that is understood", line });
    return questions;
  });
}

type Row = Record<string, unknown>;
type PlacedRow = { row: Row; line: number; set?: string; id?: string };

async function readLines(file: string, signal?: AbortSignal): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  try {
    for await (const entry of readJsonLines(file, signal)) {
      const { line } = entry;
      if (entry.type === "object") rows.push({ row: entry.value, line });
      else
        throw new MedRoundsError(entry.failure.code, `${basename(file)}: ${entry.failure.message}`, {
          file,
          line,
        });
    }
  } catch (error) {
    throw fileError(error, file);
  }
  return rows;
}

/** Undefined where the file is not one JSON document: MedMCQA's `.json` files are JSON lines. */
async function readDocument(file: string, signal?: AbortSignal): Promise<unknown> {
  const content = await readBoundedFile(file, signal ? { signal } : {});
  try {
    return JSON.parse(Buffer.from(content).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Rows at most two levels down; a row is an object with a question. */
function rowsOf(place: { value: unknown; set: string; id: string | null }, depth = 0): PlacedRow[] {
  const { value, set, id } = place;
  if (typeof value !== "object" || value === null) return [];
  const isRow = "question" in value || "QUESTION" in value || "qa" in value;
  if (isRow) return [{ row: value as Row, line: 0, set, ...(id === null ? {} : { id }) }];
  if (depth === 2) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    rowsOf({ value: inner, set: id === null ? set : `${set}/${id}`, id: key }, depth + 1),
  );
}

function notATestSet(file: string, { problem, line }: { problem: string; line: number }): MedRoundsError {
  const name = basename(file);
  const place = line === 0 ? name : `${name}, line ${line},`;
  return new MedRoundsError("row-invalid", `The test set ${place} ${problem}.`, { file, line });
}
