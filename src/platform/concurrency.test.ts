import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { mapConcurrently } from "./index.ts";

describe("mapConcurrently", () => {
  it("keeps the order of the items and never exceeds the limit", async () => {
    let running = 0;
    let most = 0;
    const results = await mapConcurrently([5, 1, 3, 2], 2, async (milliseconds) => {
      most = Math.max(most, ++running);
      await delay(milliseconds);
      running--;
      return milliseconds * 10;
    });
    expect(results).toEqual([50, 10, 30, 20]);
    expect(most).toBe(2);
  });

  it("begins nothing more after a failure", async () => {
    const begun: number[] = [];
    const all = mapConcurrently([0, 1, 2, 3, 4], 1, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error("broken");
    });
    await expect(all).rejects.toThrow("broken");
    expect(begun).toEqual([0, 1]);
  });
});
