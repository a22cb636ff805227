import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeImage } from "./decode.ts";
import { builtInDescriptor } from "./descriptor/index.ts";

const folder = join(import.meta.dirname, "../../../shared/data/cxr_nih/images");
const isHere = existsSync(folder);

describe("real chest radiographs", () => {
  it(`decode and can be described${isHere ? "" : " (skipped: ../shared/data/cxr_nih is absent)"}`, async (context) => {
    context.skip(!isHere, "../shared/data/cxr_nih is absent");
    const names = readdirSync(folder);
    const step = Math.max(1, Math.floor(names.length / 50));
    for (const name of names.filter((_, index) => index % step === 0)) {
      const image = await decodeImage(readFileSync(join(folder, name)), { name });
      expect(image).toMatchObject({ color: "gray", width: 512, height: 512, notes: [] });
      expect(builtInDescriptor.embed(image).every(Number.isFinite)).toBe(true);
    }
  });
});
