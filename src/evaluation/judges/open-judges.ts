import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MedRoundsError } from "#contracts";
import { readBoundedFile } from "#platform";
import type { ExtractionJudge } from "../extraction/judge.ts";
import { type AnswerJudge, openJudge } from "./answer-judge.ts";
import { calibrate } from "./calibrate.ts";
import type { JudgeMethod } from "./judge-method.ts";
import type { JudgeEmbedder, JudgeModel } from "./judge-model.ts";
import { type JudgePrompt, parseJudgePrompt } from "./judge-prompt.ts";
import { createOptionReader } from "./option-reader.ts";
import { createAnswerRelevancy } from "./ragas/answer-relevancy.ts";
import { createContextPrecision } from "./ragas/context-precision.ts";
import { createContextRecall, createFaithfulness } from "./ragas/supported-share.ts";
import { createRating } from "./rating.ts";

/** `recipes/judges`, which stands at the same depth above the source and above the build. */
const shipped = fileURLToPath(new URL("../../../recipes/judges/", import.meta.url));
const largest = 256 * 1024;

/** What RAGAS's metrics ask; no judge of their own. */
const parts = ["statements", "supported", "useful", "questions"];
const optionReader = "chosen-option";

/** The judges of a suite, and what reads answers that no rule can. */
export type OpenJudges = {
  reader: ExtractionJudge;
  judges: readonly AnswerJudge[];
  /** Sentences about what is left out, and why. */
  notes: readonly string[];
};

/**
 * Opens judges by their names, all of ours unless told: those of `recipes/judges`, RAGAS's four, or Markdown files, which a slash or a point
 * tells. Each is first asked about its two cases.
 *
 * @throws MedRoundsError `judge-missing`, `judge-invalid`, `judge-uncalibrated`, `judge-unreachable`; the errors of reading a file; the signal's reason
 */
export async function openJudges(request: {
  model: JudgeModel;
  seed: number;
  names?: readonly string[] | undefined;
  /** Without one there is no answer relevancy. */
  embedder?: JudgeEmbedder | null;
  /** Relative paths of files start here; the current folder unless told. */
  folder?: string;
  signal?: AbortSignal | undefined;
}): Promise<OpenJudges> {
  const { model, seed, names, embedder = null, folder = ".", signal } = request;
  const own = await readShipped(signal);
  const ragas = ragasMethods((name) => own.get(name)!, embedder);
  const known = namesOf(own);
  const methods: JudgeMethod[] = [];
  const notes: string[] = [];
  const asked = new Set<JudgePrompt>([own.get(optionReader)!]);
  for (const name of names ?? [...known, ...ragas.keys()]) {
    const method = ragas.get(name);
    if (method === null) {
      notes.push(`${name} is not measured: the suite's judge names no embedder.`);
      continue;
    }
    if (method) {
      methods.push(method.method);
      for (const part of method.parts) asked.add(own.get(part)!);
      continue;
    }
    const prompt = await findPrompt(name, { own, known, folder, signal, others: [...ragas.keys()] });
    methods.push(createRating(prompt));
    asked.add(prompt);
    if (prompt.images && !model.images)
      notes.push(`The judge ${prompt.name} is shown no images: ${model.name} takes none.`);
  }
  for (const prompt of asked) await calibrate(prompt, { model, seed, signal });
  return {
    reader: createOptionReader(own.get(optionReader)!, { model, seed }),
    judges: methods.map((method) => openJudge(method, { model, seed })),
    notes,
  };
}

/**
 * Reads the files of judges that a suite names, and asks nothing.
 *
 * @throws MedRoundsError `judge-missing`, `judge-invalid`; the errors of reading a file; the signal's reason
 */
export async function checkJudges(names: readonly string[] = [], signal?: AbortSignal): Promise<void> {
  const own = await readShipped(signal);
  const known = namesOf(own);
  const others = [...ragasMethods((name) => own.get(name)!, null).keys()];
  for (const name of names) {
    if (others.includes(name)) continue;
    await findPrompt(name, { own, known, others, folder: ".", signal });
  }
}

/** The judges of their own. */
function namesOf(own: ReadonlyMap<string, JudgePrompt>): string[] {
  return [...own.keys()].filter((name) => !parts.includes(name) && name !== optionReader);
}

/** Null for what can't be measured. */
type Ragas = ReadonlyMap<string, { method: JudgeMethod; parts: readonly string[] } | null>;

function ragasMethods(prompt: (name: string) => JudgePrompt, embedder: JudgeEmbedder | null): Ragas {
  const split = { statements: prompt("statements"), supported: prompt("supported") };
  const relevancy = embedder && createAnswerRelevancy({ questions: prompt("questions"), embedder });
  return new Map([
    ["faithfulness", { method: createFaithfulness(split), parts: ["supported"] }],
    ["answer-relevancy", relevancy && { method: relevancy, parts: [] }],
    [
      "context-precision",
      { method: createContextPrecision({ useful: prompt("useful") }), parts: ["useful"] },
    ],
    ["context-recall", { method: createContextRecall(split), parts: ["supported"] }],
  ]);
}

async function readShipped(signal?: AbortSignal): Promise<ReadonlyMap<string, JudgePrompt>> {
  const files = (await readdir(shipped)).filter((file) => file.endsWith(".md")).toSorted();
  const prompts = await Promise.all(files.map((file) => readPrompt(join(shipped, file), signal)));
  return new Map(prompts.map((prompt) => [prompt.name, prompt]));
}

async function findPrompt(
  name: string,
  options: {
    own: ReadonlyMap<string, JudgePrompt>;
    known: readonly string[];
    others: readonly string[];
    folder: string;
    signal: AbortSignal | undefined;
  },
): Promise<JudgePrompt> {
  const { own, known, others, folder, signal } = options;
  if (/[\\/.]/.test(name)) {
    const prompt = await readPrompt(resolve(folder, name), signal);
    if (prompt.asks === "verdict") return prompt;
    const message = `${name} asks for ${prompt.asks}; a judge of its own asks for a verdict.`;
    throw new MedRoundsError("judge-invalid", message, { path: name });
  }
  const prompt = known.includes(name) ? own.get(name) : undefined;
  if (prompt) return prompt;
  const all = [...known, ...others].join(", ");
  const message = `There is no judge “${name.slice(0, 60)}”; there is: ${all}.`;
  throw new MedRoundsError("judge-missing", message, { judge: name.slice(0, 60) });
}

async function readPrompt(file: string, signal?: AbortSignal): Promise<JudgePrompt> {
  const bytes = await readBoundedFile(file, { limit: largest, ...(signal ? { signal } : {}) });
  return parseJudgePrompt(new TextDecoder().decode(bytes), file);
}
