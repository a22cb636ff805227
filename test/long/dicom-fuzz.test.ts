import { describe, expect, it } from "vitest";
import { fuzzDicom } from "../support/dicom-fuzz.ts";
import { madeSeeds, realSeeds } from "../support/dicom-seeds.ts";

const count = 10_000;
const parts = 10;

describe("ten thousand spoiled DICOM files", () => {
  it.each(Array.from({ length: parts }, (_, part) => part + 1))(
    `are read or refused with a known code, in time and in memory (part %i of ${parts})`,
    { timeout: 600_000 },
    async (part) => {
      const seeds = [...(await madeSeeds()), ...realSeeds()];
      // The first thousand inputs are those of the short test.
      const result = await fuzzDicom({ seeds, count: count / parts, first: (part * count) / parts });
      expect(result.broken).toEqual([]);
      expect(result.slowestMilliseconds).toBeLessThan(15_000);
      expect(result.megabytes).toBeLessThan(1_500);
    },
  );
});
