import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { mapBatches } from "./map-batches.ts";

describe("batches", () => {
  it("are worked on so many at a time, in their order", async () => {
    let [running, most] = [0, 0];
    const results = await mapBatches({
      items: Array.from({ length: 23 }, (_, index) => index),
      limits: { batchSize: 4, concurrency: 3 },
      signal: undefined,
      async apply(batch) {
        most = Math.max(most, ++running);
        await pause(20 - (batch[0] ?? 0) / 2);
        running--;
        return batch.map((item) => item * 2);
      },
    });
    expect(results).toEqual(Array.from({ length: 23 }, (_, index) => index * 2));
    expect(most).toBe(3);
  });

  it("end with the first that fails, also those under way", async () => {
    const ended: unknown[] = [];
    const work = mapBatches({
      items: [0, 1, 2],
      limits: { batchSize: 1, concurrency: 2 },
      signal: undefined,
      async apply([item], signal) {
        if (item === 1) throw new Error("no");
        await pause(5_000, undefined, { signal }).catch(() => ended.push(item));
        return [item];
      },
    });
    await expect(work).rejects.toThrow("no");
    await expect.poll(() => ended).toEqual([0]);
  });
});
