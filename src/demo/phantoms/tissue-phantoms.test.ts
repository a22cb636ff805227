import { beforeAll, describe, expect, it } from "vitest";
import type { Raster } from "#imaging";
import { type TissueClass, tissuePhantoms } from "./tissue-phantoms.ts";

const drawn = new Map<string, Raster[]>();

beforeAll(() => {
  for (const phantom of tissuePhantoms()) {
    const name = phantom.labels[0]?.name ?? "";
    drawn.set(name, [...(drawn.get(name) ?? []), phantom.draw()]);
  }
});

/** Share of the pixels of a class below the top strip for which the test holds. */
function share(name: TissueClass, test: (red: number, green: number, blue: number) => boolean): number {
  let hits = 0;
  let pixels = 0;
  for (const { data, width } of drawn.get(name) ?? []) {
    for (let at = width * 50 * 3; at < data.length; at += 3) {
      pixels++;
      if (test(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)) hits++;
    }
  }
  return hits / pixels;
}

const isClear = (red: number, green: number, blue: number) => Math.min(red, green, blue) > 225;
const isNuclear = (red: number) => red < 135;

describe("tissue phantoms", () => {
  it("have clear vacuoles with steatosis and hardly any clear space in the carcinoma", () => {
    expect(share("Steatosis", isClear)).toBeGreaterThan(0.05);
    expect(share("Squamous cell carcinoma", isClear)).toBeLessThan(0.01);
  });

  it("have more nuclear substance in carcinoma and inflammation than in normal mucosa and steatosis", () => {
    const dense = Math.min(
      share("Squamous cell carcinoma", isNuclear),
      share("Chronic inflammation", isNuclear),
    );
    const sparse = Math.max(share("Normal squamous mucosa", isNuclear), share("Steatosis", isNuclear));
    expect(dense).toBeGreaterThan(sparse * 1.5);
  });

  it("are pink to purple: red and blue are above green on average", () => {
    for (const rasters of drawn.values()) {
      for (const { data } of rasters) {
        const sums = [0, 0, 0];
        for (const [index, value] of data.entries()) sums[index % 3] = (sums[index % 3] ?? 0) + value;
        const [red = 0, green = 0, blue = 0] = sums;
        expect(Math.min(red, blue)).toBeGreaterThan(green);
      }
    }
  });
});
