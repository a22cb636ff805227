import { renderForModel } from "#transcript";
import { type Difficulty, difficultyOf } from "../rollouts/summarize-rollouts.ts";
import type { QuestionImages } from "./question-images.ts";
import { openRollouts } from "./read-rollouts.ts";
import type { ExportedRollout } from "./rollout-schema.ts";
import { type LeftOut, type Selection, select } from "./select.ts";
import { createSplitFiles, type SplitFile } from "./split-files.ts";
import { findOverlap, type SplitOverlap, splitOf } from "./split-questions.ts";
import { dataSetKey, type Survey, type SurveyedAttempt, type SurveyedQuestion } from "./survey.ts";
import type {
  ExportedCompletion,
  ExportedPrompt,
  ExportedRow,
  ExportKind,
  SplitName,
  TrainingEngine,
} from "./training-engine.ts";

export type WrittenRows = {
  rows: number;
  files: readonly SplitFile[];
  /** By `dataSetKey`. */
  rowsOfDataSets: ReadonlyMap<string, number>;
  difficulty: Record<Difficulty, number>;
  leftOut: ReadonlyMap<LeftOut, number>;
  overlap: SplitOverlap;
  characters: number;
  environment: number;
  hasImages: boolean;
};

type Chosen = { question: SurveyedQuestion; split: SplitName; rows: readonly (readonly SurveyedAttempt[])[] };

/** Chooses, reads what was chosen again, and writes it in the engine's form, question by question. Throws the errors of files. */
export async function writeRows(request: {
  folder: string;
  folders: readonly string[];
  engine: TrainingEngine;
  kind: ExportKind;
  survey: Survey;
  selection: Selection;
  split: { share: number; seed: number };
  images: QuestionImages;
  onWritten?: ((rows: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<WrittenRows> {
  const { folder, folders, engine, kind, survey, selection, split, images, onWritten, signal } = request;
  const { chosen, difficulty, leftOut } = choose(survey, { kind, selection, split });
  const facts = { kind, hasImages: chosen.some(({ question }) => question.images.length > 0) };
  const rowsOfDataSets = new Map<string, number>();
  let rows = 0;
  let characters = 0;
  let environment = 0;
  using reader = openRollouts(folders);
  await using splitFiles = createSplitFiles(folder, engine.form(facts));
  for (const { question, split: name, rows: attempts } of chosen) {
    for (const pair of attempts) {
      signal?.throwIfAborted();
      const read = pair.map(({ place }) => reader.read(place));
      const [first] = read as [ExportedRollout];
      const shown = shownImages(first);
      const paths = await (engine.imagesBeside ? images.copy(shown) : images.read(shown));
      const prompt = toPrompt(first, { images: paths, split: name, index: splitFiles.rows(name) });
      const completions = kind === "grpo" ? [] : read.map(toCompletion);
      for (const { author, text } of completions.flatMap(({ pieces }) => pieces)) {
        characters += text.length;
        if (author === "environment") environment += text.length;
      }
      await splitFiles.write(name, engine.toRow(toRow(prompt, completions), facts));
      onWritten?.(++rows);
    }
    const from = dataSetKey(question);
    rowsOfDataSets.set(from, (rowsOfDataSets.get(from) ?? 0) + attempts.length);
  }
  const files = await splitFiles.finish(signal);
  const overlap = findOverlap(chosen.map(({ question, split: name }) => ({ ...question, split: name })));
  return {
    ...{ rows, files, rowsOfDataSets, difficulty, leftOut, overlap, characters, environment },
    hasImages: facts.hasImages,
  };
}

function choose(
  { questions }: Survey,
  {
    kind,
    selection,
    split,
  }: { kind: ExportKind; selection: Selection; split: { share: number; seed: number } },
): { chosen: Chosen[] } & Pick<WrittenRows, "difficulty" | "leftOut"> {
  const difficulty: Record<Difficulty, number> = { always: 0, sometimes: 0, never: 0, unknown: 0 };
  const leftOut = new Map<LeftOut, number>();
  const chosen: Chosen[] = [];
  for (const question of questions) {
    const judged = question.attempts.filter((one) => one.right !== null);
    const own = difficultyOf({ known: judged.length, right: judged.filter((one) => one.right).length });
    difficulty[own]++;
    const selected = select(question.attempts, { kind, difficulty: own, selection });
    for (const [reason, count] of selected.leftOut) leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
    if (selected.rows.length === 0) continue;
    chosen.push({ question, split: splitOf(question.group, split), rows: selected.rows });
  }
  return { chosen, difficulty, leftOut };
}

/** In the order of their places in the prompt. */
function shownImages({ prompt, question }: ExportedRollout): ExportedRollout["question"]["images"] {
  return prompt.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === "image" ? [question.images[part.image]!] : [])),
  );
}

function toPrompt(
  { prompt, question }: ExportedRollout,
  placed: Pick<ExportedPrompt, "images" | "split" | "index">,
): ExportedPrompt {
  const messages = prompt.map(({ role, parts }) => ({
    role: role === "system" ? ("system" as const) : ("user" as const),
    parts: parts.map((part) => (part.type === "image" ? ({ type: "image" } as const) : part)),
  }));
  return { messages, question, ...placed };
}

function toCompletion({ id, rendering, transcript }: ExportedRollout): ExportedCompletion {
  return { rollout: id, rendering, pieces: renderForModel(transcript, "new-turn") };
}

function toRow(prompt: ExportedPrompt, [first, second]: readonly ExportedCompletion[]): ExportedRow {
  if (!first) return { kind: "grpo", prompt };
  if (!second) return { kind: "sft", prompt, completion: first };
  return { kind: "dpo", prompt, chosen: first, rejected: second };
}
