import { hashSuite } from "../../runner/run-file.ts";
import type { ExportedArm, ExportFormat } from "../export-format.ts";
import { isScored } from "./inspect-score.ts";
import { readMessages } from "./messages.ts";
import { inspectMetrics } from "./metrics.ts";
import { inspectSample, usageOf } from "./sample.ts";

/**
 * The log of Inspect (UKGovernmentBEIS/inspect_ai, `EvalLog` version 2 in src/inspect_ai/log/_log.py, as of 0.3.285), in JSON: samples
 * with their messages, scores and errors; the figures are ours, with their intervals beside them as metadata.
 */
export const inspectLog: ExportFormat = {
  name: "inspect",
  description: "a log that Inspect opens",
  hasImages: true,
  async *write(exported) {
    const { read, image, signal, arm } = exported;
    const model = modelOf(exported);
    // Inspect reads a header without its samples only where these come last.
    yield `${toJson(headerOf(exported, model)).slice(0, -1)},"samples":[`;
    let before = "\n";
    for await (const task of read()) {
      const messages = await readMessages(task, { model, image, signal });
      yield `${before}${toJson(inspectSample(task, { arm, model, messages }))}`;
      before = ",\n";
    }
    yield "\n]}\n";
  },
};

/** Half of a surrogate pair, as a cut answer may end with, is no JSON to Inspect. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "string" ? inner.toWellFormed() : inner,
  );
}

export function modelOf({ run, arm }: ExportedArm): string {
  const model = run.suite.models.find(({ name }) => name === arm.model);
  return model?.policy === "reader" ? "medrounds/reader" : (model?.model ?? arm.model);
}

export function headerOf({ run, arm, tasks, scored, endedAt }: ExportedArm, model: string) {
  const { suite, name, starts, scorings, dataSets } = run;
  const answered = scored.filter(({ answer }) => answer !== null);
  const condition = suite.conditions.find((one) => one.name === arm.condition);
  const dataSet = dataSets.find((one) => one.name === arm.dataSet);
  const profile = scorings.at(-1)?.profile ?? suite.profile;
  const startedAt = starts[0]?.at ?? endedAt ?? new Date(0).toISOString();
  const counted = answered.filter(isScored).length;
  return {
    version: 2,
    status: scored.length < tasks ? "cancelled" : "success",
    eval: {
      ...{ eval_id: arm.hash.slice(0, 22), run_id: hashSuite(suite).slice(0, 22), created: startedAt },
      ...{ task: `${name}/${arm.dataSet}`, task_id: arm.hash.slice(0, 22), task_version: 0, model },
      solver: arm.condition,
      dataset: { name: arm.dataSet, samples: tasks / suite.repeats },
      config: { epochs: suite.repeats },
      packages: { medrounds: starts.at(-1)?.medrounds ?? "" },
      metadata: {
        ...{ arm: arm.id, arm_hash: arm.hash, condition: arm.condition, seed: arm.seed },
        ...{ license: dataSet?.card.license, dataset_hash: dataSet?.hash, notes: run.notes },
      },
    },
    plan: {
      name: arm.condition,
      steps: [{ solver: condition?.type ?? arm.condition, params: { condition: arm.condition } }],
    },
    results: {
      ...{ total_samples: tasks, completed_samples: answered.length },
      scores: [
        {
          ...{ name: "medrounds", scorer: "medrounds", params: { profile } },
          ...{ scored_samples: counted, unscored_samples: answered.length - counted },
          metrics: inspectMetrics(scored, suite),
        },
      ],
    },
    stats: {
      ...{ started_at: startedAt, completed_at: endedAt ?? "" },
      model_usage: { [model]: usageOf(answered.flatMap(({ answer }) => (answer ? [answer.usage] : []))) },
    },
  };
}
