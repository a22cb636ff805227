import { MedRoundsError, toFailure } from "#contracts";
import type { ServerPatience } from "#platform";
import { consumeConcurrently } from "./consume.ts";
import { type DistillationLog, logKey } from "./distillation-log.ts";
import type { Explanation } from "./explanation.ts";
import { addUsage, extractKnowledge } from "./extract.ts";

import type { DistillationModel } from "./ports.ts";
import type { DistillationPrompt } from "./prompt.ts";
import { type ReadRow, readExplanations } from "./read-explanations.ts";
import type { DistillationReport } from "./report.ts";

/** How far the asking is: rows read, the share (0 to 1) of the input's bytes, and rows that failed. */
export type DistillationProgress = { items: number; share: number; refused: number };

/** So many failures without a success between them mean that the next rows would fail, too. */
const failuresInARow = 20;

/** Statuses that say that no request of this kind will do. */
const hopeless: unknown[] = [401, 402, 403, 404];

/**
 * Asks for each row that the log does not have, several at a time, and appends each reply to the log as it comes. A row that
 * fails is counted and left to the next run; a server that is gone or refuses everything ends the whole.
 */
export async function askRows(request: {
  files: readonly string[];
  model: DistillationModel;
  prompt: DistillationPrompt;
  patience: ServerPatience;
  log: DistillationLog;
  concurrency: number;
  /** Whether a row may be sent. */
  allows(explanation: Explanation): boolean;
  report: DistillationReport;
  onProgress?: (progress: DistillationProgress) => void;
  signal?: AbortSignal;
}): Promise<void> {
  const { files, model, prompt, patience, log, report, signal } = request;
  const pending = new Set<string>();
  let rows = 0;
  let failures = 0;

  const ask = async (row: ReadRow & { type: "explanation" }, stop: AbortSignal) => {
    const { explanation } = row;
    const key = logKey({ explanation, promptHash: prompt.hash, model: model.name });
    if (log.has(key) || pending.has(key) || !request.allows(explanation)) return;
    pending.add(key);
    const usage = { requests: 0, inputTokens: 0, outputTokens: 0 };
    try {
      const sentences = await extractKnowledge({ explanation, model, prompt, patience, usage, signal: stop });
      await log.append({ key, row: explanation.id, sentences, usage });
      failures = 0;
      report.asked++;
    } catch (error) {
      if (stop.aborted || endsAll(error) || ++failures >= failuresInARow) throw error;
      report.failed.push({ ...toFailure(error), file: row.file, line: row.line });
    } finally {
      pending.delete(key);
      addUsage(report.usage.run, usage);
    }
  };

  await consumeConcurrently({
    items: readExplanations(files, signal),
    limit: request.concurrency,
    apply: async (row, stop) => {
      if (row.type === "explanation") await ask(row, stop);
      request.onProgress?.({ items: ++rows, share: row.share, refused: report.failed.length });
    },
    ...(signal ? { signal } : {}),
  });
}

/** Failures that the next row need not meet. */
const ownToARow: string[] = [
  "reply-invalid",
  "reply-too-long",
  "model-refused",
  "endpoint-busy",
  "endpoint-stalled",
];

function endsAll(error: unknown): boolean {
  if (!MedRoundsError.is(error)) return true;
  const { code, facts } = error;
  if (ownToARow.includes(code)) return false;
  // A reply of another kind, as a web page is, says that the address is wrong.
  if (code === "endpoint-broken") return "contentType" in facts;
  return code !== "endpoint-refused" || hopeless.includes(facts.status);
}
