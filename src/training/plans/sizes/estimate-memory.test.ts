import { describe, expect, it } from "vitest";
import { grpoText } from "../recipes/grpo-text.ts";
import { medRwrTraining } from "../recipes/med-rwr.ts";
import { ppoText } from "../recipes/ppo-text.ts";
import { eightDevices } from "./eight-devices.ts";
import { divideBatch, estimateMemory, rolloutsAtOnce } from "./estimate-memory.ts";
import { oneDevice } from "./one-device.ts";

const [, multimodal] = medRwrTraining.stages;
const stage = multimodal!;
const { model } = medRwrTraining;

describe("memory on paper", () => {
  it("of Med-RwR on eight devices is what its parts come to by hand", () => {
    const { parts, gigabytes, fits } = estimateMemory({
      model,
      size: eightDevices,
      stage,
      sharding: "zero-2",
    });
    expect(Object.fromEntries(parts.map((part) => [part.what, Number(part.gigabytes.toFixed(1))]))).toEqual({
      weights: 16.6, // 2 × 8.29
      "gradients, optimizer": 14.5, // 14 × 8.29 ÷ 8
      "the model it began with": 16.6, // 2 × 8.29
      activations: 2.6, // 8192 × 3584 × (2 × 28 + 34)
      logits: 7.5, // 6 × 8192 × 152064
      generator: 28, // 0.35 × 80
    });
    // The generator takes its turn, and holds more than learning does.
    expect(gigabytes).toBeCloseTo(16.58 + 14.51 + 16.58 + 28, 1);
    expect(fits).toBe(true);
  });

  it("of adapters counts optimizer states of the adapters alone", () => {
    const { parts, fits } = estimateMemory({ model, size: oneDevice, stage, sharding: "zero-2" });
    const adapters = parts.find(({ what }) => what === "adapters");
    expect(adapters?.gigabytes).toBeCloseTo((16 * 32 * 90_112 * 28) / 1e9, 6);
    expect(fits).toBe(true);
  });

  it("of PPO counts a critic, and tells where devices are too small", () => {
    const plan = { model: ppoText.model, stage: ppoText.stages[0]!, sharding: "zero-3" as const };
    const { parts, fits } = estimateMemory({ ...plan, size: eightDevices });
    expect(parts.map(({ what }) => what)).toContain("critic");
    expect(fits).toBe(true);
    expect(estimateMemory({ ...plan, size: { ...eightDevices, deviceGigabytes: 24 } }).fits).toBe(false);
  });

  it("has room for whole rollouts by keys and values of each token", () => {
    // (0.35 × 80 − 16.58) GB ÷ (8192 tokens × 57,344 bytes)
    expect(rolloutsAtOnce({ model, size: eightDevices, stage })).toBe(24);
    expect(rolloutsAtOnce({ model, size: { ...oneDevice, deviceGigabytes: 16 }, stage })).toBe(0);
  });
});

describe("a step's batch", () => {
  it("is 64 rollouts of 8 prompts, as Med-RwR's", () => {
    expect(divideBatch(stage, eightDevices)).toEqual({ perStep: 64, accumulation: 8 });
    expect(divideBatch(stage, oneDevice)).toEqual({ perStep: 64, accumulation: 64 });
  });

  it("divides into whole groups of rollouts", () => {
    for (const { stages } of [medRwrTraining, grpoText]) {
      for (const one of stages) {
        if (one.method === "sft") continue;
        for (const size of [eightDevices, oneDevice]) {
          const { accumulation } = divideBatch(one, size);
          const whole = accumulation * size.devices * size.samplesAtOnce;
          expect(whole % one.rollouts, `${one.name} on ${size.name}`).toBe(0);
        }
      }
    }
  });
});
