import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { createServerPatience, openLineFile } from "#platform";
import { createLeakCheck, type TestQuestion } from "#text";
import { askRows, type DistillationProgress } from "./ask-rows.ts";
import { openDistillationLog } from "./distillation-log.ts";
import type { DistillationModel } from "./ports.ts";
import { readDistillationPrompt } from "./prompt.ts";
import { type DistillationReport, newDistillationReport } from "./report.ts";
import { findRowLeaks } from "./row-leaks.ts";
import { writeKnowledge } from "./write-knowledge.ts";

/** The files of a distillation, all beside one another. */
type DistillationFiles = { output: string; log: string; leaks: string };

/** `kb.jsonl` gives `kb.jsonl.log`, which `library add` passes over, and `kb.leaks.jsonl`, whose rows have no text to add. */
export function distillationFiles(output: string): DistillationFiles {
  return { output, log: `${output}.log`, leaks: `${output.replace(/\.jsonl$/, "")}.leaks.jsonl` };
}

/**
 * Distills explanations into a knowledge base, as Med-RwR's ExpKB was made (arXiv 2510.18303): a chat model is asked for stand-alone
 * sentences of four kinds; what states an answer, a citation or a test question is left out; the rest is gathered into passages.
 * Every reply is kept in a log beside the output, so that a run that was cut short goes on where it was. The output and the leaks are
 * written at the end, whole. Throws `usage-invalid`, `path-missing`, `path-unwritable`, `disk-full`, the errors of the endpoint
 * where it refuses everything, and the signal's reason.
 */
export async function distill(request: {
  files: readonly string[];
  output: string;
  model: DistillationModel;
  testQuestions: readonly TestQuestion[];
  /** As `createLeakCheck` has it. */
  maximumOverlap?: number;
  /** A row for each sentence instead of passages. */
  single?: boolean;
  /** Requests at a time; 4 unless told. */
  concurrency?: number;
  /** The first pause after a failed request, doubled after each further one; 1,000 unless told. */
  pauseMilliseconds?: number;
  onProgress?: (progress: DistillationProgress) => void;
  signal?: AbortSignal;
}): Promise<DistillationReport> {
  const { files, model, testQuestions, maximumOverlap: maximum, concurrency = 4, onProgress } = request;
  const signal = request.signal ? { signal: request.signal } : {};
  const began = performance.now();
  const places = distillationFiles(request.output);
  await requireOwn(places, files);
  const report = newDistillationReport();
  const leakCheck =
    testQuestions.length === 0
      ? null
      : createLeakCheck(testQuestions, maximum === undefined ? {} : { maximum });
  const prompt = await readDistillationPrompt();
  await using log = await openDistillationLog(places.log);
  await askRows({
    files,
    model,
    prompt,
    patience: createServerPatience({ codes: "endpoint", pauseMilliseconds: request.pauseMilliseconds }),
    log,
    concurrency,
    allows: (explanation) => leakCheck === null || findRowLeaks(explanation, leakCheck) === null,
    report,
    ...(onProgress ? { onProgress } : {}),
    ...signal,
  });
  await using output = await openLineFile(places.output);
  await using leaks = leakCheck === null ? null : await openLineFile(places.leaks);
  await writeKnowledge({
    files,
    log,
    model: model.name,
    promptHash: prompt.hash,
    single: request.single ?? false,
    leakCheck,
    output,
    leaks,
    report,
    ...signal,
  });
  await leaks?.commit();
  await output.commit();
  report.testSets = leakCheck?.summarize() ?? [];
  report.seconds = (performance.now() - began) / 1000;
  return report;
}

/** No input and no file of others is written over. */
async function requireOwn(
  { output, log, leaks }: DistillationFiles,
  inputs: readonly string[],
): Promise<void> {
  const written = [output, log, leaks].map((file) => resolve(file));
  if (inputs.some((input) => written.includes(resolve(input)))) {
    throw new MedRoundsError("usage-invalid", "The output would be written over an input.", { path: output });
  }
  const exists = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  if ((await exists(output)) && !(await exists(log))) {
    throw new MedRoundsError(
      "usage-invalid",
      `${output} is there already and was made by something else; name another file.`,
      { path: output },
    );
  }
}
