import { join } from "node:path";
import { readJsonLines } from "#platform";
import {
  keptApart,
  type Made,
  type MadeManifest,
  makeReasonerRow,
  type ReasoningRow,
  readReasoningRow,
  summarizeReport,
  summarizeRolloutFolders,
  writeMade,
} from "#training";
import { readEvaluationSets } from "./evaluated-sets.ts";
import { digestSources, type MakeSettings } from "./make-settings.ts";
import { openMakingImages } from "./making-images.ts";

export type FineTuningRequest = MakeSettings & {
  kind: "reasoner" | "summarizer";
  /** Folders of stepwise reasoning. */
  reasoning: readonly string[];
  /** Folders of rollouts, for the summarizer alone. */
  rollouts: readonly string[];
};

/** The rows of the two stages, reasoner and summarizer. Throws as `writeMade` and reading files do. */
export async function makeFineTuningSet(request: FineTuningRequest): Promise<MadeManifest> {
  const { kind, reasoning, rollouts, folder, signal } = request;
  const images = openMakingImages(folder);
  const apply = kind === "reasoner" ? makeReasonerRow : summarizeReport;

  async function* made(): AsyncGenerator<Made> {
    for (const source of reasoning) {
      for await (const row of readReasoning(source, signal)) {
        if ("failures" in row) {
          yield row;
          continue;
        }
        const one = apply(row);
        if (one.rows.length > 0 && row.image_filename !== null) await images.take(source, row.image_filename);
        yield one;
      }
    }
    if (kind === "reasoner") return;
    for (const source of rollouts) {
      for await (const one of summarizeRolloutFolders([source], signal)) {
        for (const { fields } of one.rows) {
          for (const file of fields.images as readonly string[]) await images.take(source, file);
        }
        yield one;
      }
    }
  }

  const files = [
    ...reasoning.map((one) => join(one, "reasoning.jsonl")),
    ...rollouts.map((one) => join(one, "rollouts.jsonl")),
  ];
  return writeMade({
    ...{ folder, made: made(), maximumOverlap: request.maximumOverlap },
    evaluationSets: await readEvaluationSets(request.evaluated, signal),
    making: { kind, model: null, prompts: [], seed: null, sources: await digestSources(files, signal) },
  });
}

async function* readReasoning(folder: string, signal?: AbortSignal): AsyncGenerator<ReasoningRow | Made> {
  for await (const entry of readJsonLines(join(folder, "reasoning.jsonl"), signal)) {
    const row = entry.type === "object" ? readReasoningRow(entry.value) : undefined;
    yield row ?? keptApart(`line ${entry.line}`, "no-reasoning", "The row is no stepwise reasoning.");
  }
}
