import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "./decode.ts";
import { builtInDescriptor } from "./descriptor/index.ts";
import { fingerprintOf, samePictureCosine } from "./fingerprint.ts";

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

  it(`are told from those of other patients by their fingerprints, also encoded again and halved${isHere ? "" : " (skipped: ../shared/data/cxr_nih is absent)"}`, async (context) => {
    context.skip(!isHere, "../shared/data/cxr_nih is absent");
    const names = readdirSync(folder).filter((_, index) => index % 30 === 0);
    const describeFile = async (bytes: Uint8Array) =>
      fingerprintOf((await decodeImage(bytes, { name: "picture" })).raster);
    const originals = await Promise.all(names.map((name) => describeFile(readFileSync(join(folder, name)))));
    for (const [index, name] of names.entries()) {
      const file = join(folder, name);
      const copy = await describeFile(await sharp(file).resize(256).jpeg({ quality: 60 }).toBuffer());
      for (const [other, original] of originals.entries()) {
        const cosine = copy.reduce((sum, value, cell) => sum + value * (original[cell] ?? 0), 0);
        if (other === index) expect(cosine).toBeGreaterThan(samePictureCosine);
        else if (names[other]?.slice(0, 8) !== name.slice(0, 8))
          expect(cosine).toBeLessThan(samePictureCosine);
      }
    }
  });
});
