import { describe, expect, it } from "vitest";
import { openSampleSource } from "./sample-source.ts";
import { testSample } from "./test-records.ts";

const read = async (source: AsyncIterable<{ id: string }>) =>
  (await Array.fromAsync(source)).map(({ id }) => id);

describe("a source of samples", () => {
  it("gives all to every reader, whenever it began, and waits for those to come", async () => {
    const source = openSampleSource();
    void source.push(testSample("a"), 3);
    const early = read(source);
    await Promise.resolve();
    void source.push(testSample("b"), 3);
    const late = read(source);
    void source.push(testSample("c"), 3);
    source.end();
    expect(await Promise.all([early, late, read(source)])).toEqual([
      ["a", "b", "c"],
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
  });

  it("rejects with what broke it, behind what came before", async () => {
    const source = openSampleSource();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { id } of source) seen.push(id);
    })();
    void source.push(testSample("a"), 3);
    source.fail(new Error("Broken."));
    await expect(reading).rejects.toThrow("Broken.");
    expect(seen).toEqual(["a"]);
  });

  it("takes all where nobody reads, and stays a little ahead of who does", async () => {
    const source = openSampleSource();
    const fill = async (count: number) => {
      for (let number = 0; number < count; number++) await source.push(testSample(`${number}`), 5_000);
    };
    await fill(1_000);
    expect([source.known.length, source.expected()]).toEqual([1_000, 5_000]);
    const reader = source[Symbol.asyncIterator]();
    await reader.next();
    const filling = fill(1_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(source.known.length).toBe(1_001);
    for (let read = 0; read < 950; read++) await reader.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(source.known.length).toBeGreaterThan(1_050);
    await reader.return?.();
    await filling;
    source.end();
    expect([source.known.length, source.expected()]).toEqual([2_000, 2_000]);
  });
});
