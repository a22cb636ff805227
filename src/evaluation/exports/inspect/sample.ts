import type { Failure } from "#contracts";
import { sha256 } from "#platform";
import type { Usage } from "../../answers/answer.ts";
import { taskKey } from "../../runner/task.ts";
import type { Arm } from "../../suites/arms.ts";
import type { ExportedTask } from "../export-format.ts";
import { inspectScore } from "./inspect-score.ts";
import type { Message } from "./messages.ts";

/** Inspect's `EvalSample`. Its target and its answer are labels of the data set; `option_order` tells what was shown under them. */
export function inspectSample(
  { sample, record, score }: ExportedTask,
  {
    arm,
    model,
    messages: { input, said },
  }: { arm: Arm; model: string; messages: { input: Message[]; said: Message[] } },
) {
  const { id, sourceId, gold, options, group, tags, images } = sample;
  const answer = record.state === "answered" ? record.answer : null;
  const given = inspectScore(score);
  const seconds = record.milliseconds / 1_000;
  const began = new Date(Date.parse(record.at) - record.milliseconds);
  return {
    ...{ id, epoch: record.repeat + 1, input, target: targetOf(gold), messages: [...input, ...said] },
    ...(options.length > 0 ? { choices: options.map(({ text }) => text) } : {}),
    ...(answer ? { output: outputOf(answer.output, { model, usage: answer.usage, seconds }) } : {}),
    ...(answer && given ? { scores: { medrounds: given } } : {}),
    metadata: {
      ...{ source_id: sourceId, group, tags, images: images.map((image) => image.sha256) },
      ...{ gold: gold.type, labels: options.map(({ label }) => label) },
      ...(answer
        ? {
            ...{ option_order: answer.optionOrder, probabilities: answer.probabilities },
            ...{ confidence: answer.confidence, abstained: answer.abstained, exemplars: answer.exemplars },
          }
        : {}),
    },
    ...(answer ? { model_usage: { [model]: usageOf([answer.usage]) } } : {}),
    ...{ started_at: began.toISOString(), completed_at: record.at, total_time: seconds },
    uuid: sha256(taskKey({ ...record, arm: arm.id })).slice(0, 22),
    ...(record.state === "failed" ? { error: errorOf(record.failure) } : {}),
    ...(record.attempts.length > 0 ? { error_retries: record.attempts.map(errorOf) } : {}),
  };
}

/** Inspect's `EvalSampleSummary`: what its lists show of a sample. */
export function inspectSummary(sample: ReturnType<typeof inspectSample>) {
  const { id, epoch, input, choices, target, metadata, scores, model_usage, uuid, messages } = sample;
  const { started_at, completed_at, total_time, error, error_retries } = sample;
  return {
    ...{ id, epoch, input, choices, target, metadata, scores, model_usage, uuid },
    ...{ started_at, completed_at, total_time, error: error?.message, retries: error_retries?.length },
    ...{ completed: true, message_count: messages.length },
  };
}

function outputOf(
  completion: string,
  { model, usage, seconds }: { model: string; usage: Usage; seconds: number },
) {
  const message = { role: "assistant", content: completion, model, source: "generate" };
  const choices = [{ message, stop_reason: "stop" }];
  return { model, choices, completion, usage: usageOf([usage]), time: seconds };
}

/** The sum of what is known, in Inspect's words; its cost is in dollars. */
export function usageOf(all: readonly Usage[]) {
  const sum = (read: (usage: Usage) => number | null) =>
    all.reduce((total, usage) => total + (read(usage) ?? 0), 0);
  const input = sum(({ inputTokens }) => inputTokens);
  const output = sum(({ outputTokens }) => outputTokens);
  const isPriced = all.some(({ costMicrodollars }) => costMicrodollars !== null);
  const cost = sum(({ costMicrodollars }) => costMicrodollars) / 1e6;
  return {
    ...{ input_tokens: input, output_tokens: output, total_tokens: input + output },
    ...(isPriced ? { total_cost: cost } : {}),
  };
}

function targetOf(gold: ExportedTask["sample"]["gold"]): string | string[] {
  if (gold.type === "option") return gold.label;
  if (gold.type === "text") return [...gold.texts];
  if (gold.type === "report") return gold.text;
  return gold.type === "rows" ? JSON.stringify(gold.rows) : "unanswerable";
}

function errorOf({ code, message, cure }: Failure) {
  return { message: `${code}: ${message} ${cure}`, traceback: "", traceback_ansi: "" };
}
