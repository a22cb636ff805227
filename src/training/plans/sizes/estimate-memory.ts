import type { TrainingStage } from "../training-recipe.ts";
import type { ModelShape } from "./model-shape.ts";
import type { TrainingSize } from "./training-size.ts";

/** A part of a device's memory, in 10⁹ bytes, and how it was computed. */
type MemoryPart = { what: string; formula: string; gigabytes: number };

type MemoryEstimate = {
  parts: readonly MemoryPart[];
  /** At the peak of a step. */
  gigabytes: number;
  fits: boolean;
};

/** How weights are spread: by ZeRO-2 each device holds all of them, by ZeRO-3 (FSDP too) a part (arXiv 1910.02054, section 5). */
export type Sharding = "zero-2" | "zero-3";

/** Of a device's memory, what may be planned with; the rest goes to buffers, fragments and the framework. */
const plannedShare = 0.95;

/**
 * What one device holds, on paper: bf16 weights, gradients and Adam's states (2, 2 and 12 bytes a parameter), activations with a
 * checkpoint at each block (arXiv 2205.05198, section 5), logits with their gradient. The peak is that of learning, or of generating
 * rollouts, when activations and logits are gone and the generator holds its share.
 */
export function estimateMemory(plan: {
  model: ModelShape;
  size: TrainingSize;
  stage: TrainingStage;
  sharding: Sharding;
}): MemoryEstimate {
  const { model, size, stage, sharding } = plan;
  const { samplesAtOnce, deviceGigabytes } = size;
  const { layers, hidden, vocabulary, parameters } = model;
  const tokens = (stage.promptTokens + stage.completionTokens) * samplesAtOnce;
  const held = heldParts({ model, size, stage, sharding });
  const learning = [
    part(
      "activations",
      `2 × T × H × L + 34 × T × H, T = ${tokens}, H = ${hidden}, L = ${layers}`,
      2 * tokens * hidden * layers + 34 * tokens * hidden,
    ),
    part("logits", `6 × T × V, V = ${vocabulary}`, 6 * tokens * vocabulary),
  ];
  const generating =
    stage.method === "sft"
      ? []
      : [
          part(
            "generator",
            `${size.generatorShare} × ${deviceGigabytes} GB, of which weights ${(parameters / 5e8).toFixed(1)} GB`,
            size.generatorShare * deviceGigabytes * 1e9,
          ),
        ];
  const gigabytes = sum(held) + Math.max(sum(learning), sum(generating));
  return {
    parts: [...held, ...learning, ...generating],
    gigabytes,
    fits: gigabytes <= deviceGigabytes * plannedShare,
  };
}

/** What stays from step to step. */
function heldParts({ model, size, stage, sharding }: Parameters<typeof estimateMemory>[0]): MemoryPart[] {
  const { parameters, linearWidth, layers } = model;
  const { devices, lora } = size;
  const all = billions(parameters);
  const isSharded = sharding === "zero-3";
  const divergence = stage.method !== "sft" && stage.divergenceWeight > 0;
  if (lora) {
    const adapters = lora.rank * linearWidth * layers;
    const adapted = part("adapters", `16 × A, A = r × w × L = ${billions(adapters)}`, 16 * adapters);
    const critic = part("critic", "2 × P + 16 × A", 2 * parameters + 16 * adapters);
    const weights = part("weights", `2 × P, P = ${all}`, 2 * parameters);
    return stage.method === "ppo" ? [weights, adapted, critic] : [weights, adapted];
  }
  const own = isSharded
    ? [
        part(
          "weights, gradients, optimizer",
          `16 × P ÷ N, P = ${all}, N = ${devices}`,
          (16 * parameters) / devices,
        ),
      ]
    : [
        part("weights", `2 × P, P = ${all}`, 2 * parameters),
        part("gradients, optimizer", `14 × P ÷ N, N = ${devices}`, (14 * parameters) / devices),
      ];
  if (divergence) {
    const what = "the model it began with";
    own.push(
      isSharded ? part(what, "2 × P ÷ N", (2 * parameters) / devices) : part(what, "2 × P", 2 * parameters),
    );
  }
  if (stage.method === "ppo") own.push(part("critic", "16 × P ÷ N", (16 * parameters) / devices));
  return own;
}

/** Rollouts that a generator's memory has room for at once: what its share leaves beside the weights, by the size of keys and values. */
export function rolloutsAtOnce(plan: {
  model: ModelShape;
  size: TrainingSize;
  stage: TrainingStage;
}): number {
  const { model, size, stage } = plan;
  const perToken = 2 * model.layers * model.keyValueHeads * model.headSize * 2;
  const room = size.deviceGigabytes * 1e9 * size.generatorShare - 2 * model.parameters;
  const each = perToken * (stage.promptTokens + stage.completionTokens);
  return Math.max(0, Math.floor(room / each));
}

/** How a step's rollouts, or samples, are divided: at once on a device, and how often before weights change. */
export function divideBatch(
  stage: TrainingStage,
  size: TrainingSize,
): { perStep: number; accumulation: number } {
  const perStep = stage.method === "sft" ? stage.samplesPerStep : stage.promptsPerStep * stage.rollouts;
  return { perStep, accumulation: Math.max(1, Math.round(perStep / (size.devices * size.samplesAtOnce))) };
}

function part(what: string, formula: string, bytes: number): MemoryPart {
  return { what, formula, gigabytes: bytes / 1e9 };
}

function billions(count: number): string {
  return `${(count / 1e9).toFixed(count < 1e9 ? 3 : 2)} · 10⁹`;
}

function sum(parts: readonly MemoryPart[]): number {
  return parts.reduce((total, { gigabytes }) => total + gigabytes, 0);
}
