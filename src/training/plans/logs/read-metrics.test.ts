import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMetrics } from "./read-metrics.ts";

describe("the metrics of a trainer's line", () => {
  it("are read from a dictionary of transformers' Trainer, as TRL prints it", () => {
    const line = "{'loss': 0.0123, 'grad_norm': 1.5e-05, 'rewards/medrounds/mean': -0.25, 'epoch': 0.5}";
    expect(readMetrics(line)).toEqual({
      step: null,
      values: { loss: 0.0123, grad_norm: 1.5e-5, "rewards/medrounds/mean": -0.25, epoch: 0.5 },
    });
  });

  it("are read where numbers stand in quotes, and behind a progress bar", () => {
    const line = "  3%|▎ | 3/100 {'loss': '0.5', 'reward': '1.25', 'global_step/max_steps': '3/100'}";
    expect(readMetrics(line)).toEqual({ step: 3, values: { loss: 0.5, reward: 1.25 } });
  });

  it("are read from verl's console, behind Ray's prefix", () => {
    const line =
      "(TaskRunner pid=81) step:7 - actor/pg_loss:-0.02 - critic/score/mean:np.float64(0.31) - training/global_step:7";
    expect(readMetrics(line)).toEqual({
      step: 7,
      values: { "actor/pg_loss": -0.02, "critic/score/mean": 0.31, "training/global_step": 7 },
    });
  });

  it("are read from JSON, with its step", () => {
    expect(readMetrics('{"step": 4, "reward": 0.5}')).toEqual({ step: 4, values: { reward: 0.5 } });
  });

  it("are null where they are no finite number", () => {
    expect(readMetrics("{'loss': nan, 'reward': inf, 'kl': -Infinity}")?.values).toEqual({
      loss: null,
      reward: null,
      kl: null,
    });
  });

  it.each(["", "Loading checkpoint shards: 100%", "{}", "{'name': 'run'}", "ratio:0.5", "step: 3"])(
    "are not found in %j",
    (line) => {
      expect(readMetrics(line)).toBeUndefined();
    },
  );

  it("never throw, and take a quarter of a second at most for long lines", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (line) => {
        readMetrics(line);
      }),
    );
    for (const unit of ["{'a': ", "'a':1,", "step:1 - ", "a:1 ", "{", "9"]) {
      const before = performance.now();
      readMetrics(`step:1 - ${unit.repeat(10_000)}`.slice(0, 65_000));
      expect(performance.now() - before, unit).toBeLessThan(250);
    }
  });
});
