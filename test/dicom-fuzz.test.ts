import { describe, expect, it } from "vitest";
import { fuzzDicom } from "./support/dicom-fuzz.ts";
import { madeSeeds, realSeeds } from "./support/dicom-seeds.ts";

describe("a thousand spoiled DICOM files", () => {
  it("are read or refused with a known code, in time and in memory", { timeout: 120_000 }, async () => {
    const result = await fuzzDicom({ seeds: [...(await madeSeeds()), ...realSeeds()], count: 1_000 });
    expect(result.broken).toEqual([]);
    expect(result.decoded).toBeGreaterThan(100);
    expect(Object.keys(result.refused).length).toBeGreaterThan(3);
    // The limit of one file, and the time that a thread takes to start.
    expect(result.slowestMilliseconds).toBeLessThan(15_000);
    expect(result.megabytes).toBeLessThan(1_500);
  });
});
