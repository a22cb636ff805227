import { medicalNotice } from "#contracts";
import { productVersion, sha256 } from "#platform";
import type { ExportManifest, TestSetLeaks } from "./manifest.ts";
import type { Selection } from "./select.ts";
import { dataSetKey, type Survey } from "./survey.ts";
import type { ExportKind } from "./training-engine.ts";
import type { WrittenRows } from "./write-rows.ts";

/** Puts together what is to be known of an export; lists are in the order of their names. */
export function buildManifest(request: {
  engine: string;
  kind: ExportKind;
  survey: Survey;
  written: WrittenRows;
  rejected: ReadonlyMap<string, number>;
  rejectedHash: string;
  selection: Selection;
  split: { share: number; seed: number };
  /** Of each source, the SHA-256 of its rollouts. */
  sources: readonly string[];
  extra: readonly { name: string; text: string }[];
  images: number;
  leaks: readonly TestSetLeaks[];
}): ExportManifest {
  const { engine, kind, survey, written, rejected, selection, split, leaks } = request;
  const { characters, environment } = written;
  return {
    version: 1,
    notice: medicalNotice,
    generator: { name: "medrounds", version: productVersion() },
    ...{ engine, kind },
    files: [
      ...written.files,
      ...request.extra.map(({ name, text }) => ({ name, sha256: sha256(text) })),
      { name: "rejected.jsonl", sha256: request.rejectedHash },
    ],
    sources: request.sources.map((hash) => ({ sha256: hash })),
    dataSets: dataSets(survey, written),
    rollouts: survey.rollouts,
    questions: survey.questions.length,
    images: request.images,
    difficulty: written.difficulty,
    selection,
    split: { validation: split.share, seed: split.seed, overlap: written.overlap },
    leftOut: sorted(written.leftOut),
    rejected: sorted(rejected),
    masks: { characters, environment, share: characters === 0 ? 0 : environment / characters },
    leaks,
  };
}

function dataSets({ questions }: Survey, { rowsOfDataSets }: WrittenRows): ExportManifest["dataSets"] {
  const named = Map.groupBy(questions, dataSetKey);
  return [...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => {
      const [name = "", license = ""] = JSON.parse(key) as string[];
      return { name, license, questions: own.length, rows: rowsOfDataSets.get(key) ?? 0 };
    });
}

function sorted<Name extends string>(counts: ReadonlyMap<Name, number>): Record<Name, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))) as Record<Name, number>;
}
