import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { imageFamilies } from "../../src/models/image-families/list.ts";
import { preprocess } from "../../src/models/image-preprocessing/preprocess.ts";
import { drawPattern } from "../support/pattern.ts";

const programs = inject("pythonPrograms");
const sizes = [
  [301, 200, 3],
  [200, 333, 1],
  [97, 55, 3],
  [611, 224, 3],
  [224, 224, 3],
] as const;
const families = imageFamilies.flatMap(({ name, preprocessing }) =>
  preprocessing ? [{ name, preprocessing }] : [],
);

describe.skipIf(programs === null)("an image prepared for a family", () => {
  it.each(sizes)(
    "has the same numbers at every pixel as with Pillow and numpy, %d × %d in %d channels",
    (...size) => {
      const picture = drawPattern(...size);
      const script = join(import.meta.dirname, "prepare-image.py");
      const names = families.map(({ name }) => name);
      const given = execFileSync(join(programs ?? "", "python"), [script, ...size.map(String), ...names], {
        input: picture.data,
        maxBuffer: 64 * 1024 * 1024,
      });
      const planes = new Float32Array(Uint8Array.from(given).buffer);
      let start = 0;
      for (const { name, preprocessing } of families) {
        const { values } = preprocess(picture, preprocessing);
        const wanted = planes.subarray(start, start + values.length);
        const differences = values.map((value, at) => Math.abs(value - (wanted[at] ?? Number.NaN)));
        const largest = differences.reduce((most, difference) => Math.max(most, difference), 0);
        expect([name, largest < 1e-6]).toEqual([name, true]);
        start += values.length;
      }
      expect(start).toBe(planes.length);
    },
  );
});
