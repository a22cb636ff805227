import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { mapInOrder } from "./in-order.ts";

async function* numbers(count: number, onDraw?: (drawn: number) => void): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) {
    onDraw?.(number + 1);
    yield number;
  }
}

describe("mapInOrder", () => {
  it("gives results in order, however long each takes, and no more at a time than allowed", async () => {
    let running = 0;
    let most = 0;
    let drawn = 0;
    const results: number[] = [];
    const mapped = mapInOrder({
      items: numbers(12, (count) => {
        drawn = count;
      }),
      limit: 3,
      apply: async (item) => {
        most = Math.max(most, ++running);
        await pause((item * 7) % 5);
        running--;
        return item;
      },
    });
    for await (const result of mapped) {
      results.push(result);
      expect(drawn).toBeLessThanOrEqual(result + 3);
    }
    expect(results).toEqual(Array.from({ length: 12 }, (_, index) => index));
    expect(most).toBe(3);
  });

  it("throws the failure of the first, and stops the others", async () => {
    const stopped: number[] = [];
    const apply = async (item: number, signal: AbortSignal) => {
      if (item === 1) await pause(20).then(() => Promise.reject(new Error("one failed")));
      await pause(item === 0 ? 0 : 5_000, undefined, { signal }).catch(() => stopped.push(item));
      return item;
    };
    const results: number[] = [];
    const run = async () => {
      for await (const one of mapInOrder({ items: numbers(9), limit: 4, apply })) results.push(one);
    };
    await expect(run()).rejects.toThrow("one failed");
    expect(results).toEqual([0]);
    expect(stopped.toSorted()).toEqual([2, 3, 4]);
  });

  it("ends with the signal's reason", async () => {
    const stop = new AbortController();
    const run = async () => {
      const mapped = mapInOrder({
        items: numbers(9),
        limit: 2,
        apply: async (item) => item,
        signal: stop.signal,
      });
      for await (const one of mapped) if (one === 3) stop.abort(new Error("enough"));
    };
    await expect(run()).rejects.toThrow("enough");
  });
});
