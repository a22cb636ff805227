import { medicalNotice } from "#contracts";
import type { PlanRequest } from "./make-plan.ts";
import { divideBatch, estimateMemory, rolloutsAtOnce } from "./sizes/estimate-memory.ts";
import type { TrainingPlan } from "./training-plan.ts";
import type { TrainingStage } from "./training-recipe.ts";

/** The README of a plan: what it trains, how to run it, and on paper what it needs. */
export function describePlan(plan: PlanRequest & { model: string; stages: TrainingPlan["stages"] }): string {
  const { engine, recipe, size, model, port } = plan;
  return `${[
    `# ${recipe.name} with ${engine.name} ${engine.version}`,
    recipe.about,
    `Source: ${recipe.source}`,
    medicalNotice,
    "## Run it",
    [
      "```sh",
      "bash make-environment.sh   # once: a virtual environment with requirements.txt",
      "medrounds train launch .   # services, every stage, a live page; Ctrl-C stops, the same command goes on",
      "```",
    ].join("\n"),
    `Metrics come to \`metrics.jsonl\`, what the trainer prints to \`stages/*.txt\`. Each stage begins with the model that the one before it made; the first with \`${model}\`.`,
    "By hand, in this folder, with `{folder}` and `{result:…}` replaced:",
    [
      "```sh",
      ...plan.stages.map(({ environment, command }) => commandLine(environment, command)),
      "```",
    ].join("\n"),
    "## Services",
    `\`medrounds serve\` at port ${port} answers the adapters: \`/v1/retrieve\` for searches, \`/v1/score\` for rewards. Both must search the library that evaluation will search. For the reward of images (\`query-image-similarity\`) add \`--image-text onnx:FOLDER --similarity-images DIR\` to its command in plan.json.`,
    "## Stages",
    table(
      ["stage", "method", "reward", "searches", "a step", "learning rate", "tokens"],
      recipe.stages.map((stage) => stageRow(stage, size)),
    ),
    "## Memory, on paper",
    `${size.about}; computed for ${recipe.model.name}. T: tokens at once, H: width, L: blocks, V: words, P: weights, N: devices. Beside them a twentieth stays free for buffers and fragments. An image's tokens count as the prompt's.`,
    ...recipe.stages.map((stage) => memoryOf(stage, plan)),
    "## What to be careful with",
    [
      ...engine.notes,
      "Empty searches teach nothing, and no trainer notices them (rllm #392): `medrounds train launch` tells when half of the last 200 found nothing, and keeps it in run.json.",
      "GRPO with searches is known to collapse after some hundred steps (Search-R1 #88): watch `reward` and the lengths, keep checkpoints.",
    ]
      .map((note) => `- ${note}`)
      .join("\n"),
  ].join("\n\n")}\n`;
}

function stageRow(stage: TrainingStage, size: PlanRequest["size"]): string[] {
  const { perStep, accumulation } = divideBatch(stage, size);
  const division = `${size.devices} × ${size.samplesAtOnce} × ${accumulation} = ${perStep}`;
  const isSft = stage.method === "sft";
  const step = isSft ? `${division} samples` : `${division} rollouts of ${stage.promptsPerStep} prompts`;
  const tokens = `${stage.promptTokens} + ${stage.completionTokens}`;
  const [profile, searches] = isSft ? ["–", "–"] : [stage.profile, `≤ ${stage.searches}`];
  return [stage.name, stage.method, profile, searches, step, String(stage.learningRate), tokens];
}

function memoryOf(stage: TrainingStage, { recipe, size, engine }: PlanRequest): string {
  const { model } = recipe;
  const { parts, gigabytes, fits } = estimateMemory({ model, size, stage, sharding: engine.sharding });
  const rows = parts.map(({ what, formula, gigabytes: part }) => [what, formula, part.toFixed(1)]);
  const peak = `Peak ${gigabytes.toFixed(1)} of ${size.deviceGigabytes} GB: ${fits ? "it fits" : "**it does not fit**; take shorter completions, more devices or adapters"}.`;
  const room =
    stage.method === "sft"
      ? ""
      : ` Of generator and learning only the larger counts: they take turns. Its keys and values take 2 × 2 × L × heads × size = ${keyBytes(recipe)} bytes a token: room for ${rolloutsAtOnce({ model, size, stage })} whole rollouts at once.`;
  return `**${stage.name}**\n\n${table(["what", "bytes", "GB"], rows)}\n\n${peak}${room}`;
}

function keyBytes({ model }: PlanRequest["recipe"]): number {
  return 4 * model.layers * model.keyValueHeads * model.headSize;
}

function commandLine(environment: Readonly<Record<string, string>>, command: readonly string[]): string {
  const quote = (word: string) =>
    /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  return [
    ...Object.entries(environment).map(([name, value]) => `${name}=${quote(value)}`),
    ...command.map(quote),
  ].join(" ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
