import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTinyClip } from "../../../test/support/onnx/tiny-clip.ts";
import { drawPattern } from "../../../test/support/pattern.ts";
import { createImageEncoder } from "../create-image-encoder.ts";
import { preprocess } from "../image-preprocessing/preprocess.ts";
import { imageFamilies } from "./list.ts";

const picture = drawPattern(301, 200);
/** Places in a plane: the first, one in the middle, and the last. */
const places = [0, 12_345, -1];

/**
 * Of each family's planes of red, green and blue, the numbers at these places and the mean, as test/services/prepare-image.py gives them
 * with Pillow 12.3 (test/services/image-preprocessing.test.ts compares every pixel); how many tokens of a text count; whether shorter
 * texts are filled up to that many.
 */
const cards: Record<string, { planes: number[][]; tokens?: number; filled?: true }> = {
  biomedclip: {
    planes: [
      [1.3464, -0.7558, 1.1858, 0.0611808],
      [-1.7071, 0.304, 1.2044, 0.158521],
      [-0.7266, 1.634, 1.2216, 0.330129],
    ],
    tokens: 256,
    filled: true,
  },
  medclip: {
    planes: [
      [-2.0976, -1.0032, -2.0976, -0.908373],
      [-2.0976, -1.0032, -2.0976, -0.908373],
      [-2.0976, -1.0032, -2.0976, -0.908373],
    ],
    tokens: 77,
  },
  medsiglip: {
    planes: [
      [-0.5294, -0.5373, -0.9294, -0.000633183],
      [-0.5294, 0.5686, -0.5843, 0.000662335],
      [-0.5294, 0.0745, -0.2392, 0.000106761],
    ],
    tokens: 64,
    filled: true,
  },
  siglip: {
    planes: [
      [-0.5216, -0.0902, -0.9216, -0.000705438],
      [-0.5216, 0.1765, -0.5765, 0.000599615],
      [-0.5216, 0.4431, -0.2157, 0.000139587],
    ],
    tokens: 64,
    filled: true,
  },
  clip: {
    planes: [
      [1.3464, -0.7558, 1.1858, 0.0611808],
      [-1.7071, 0.304, 1.2044, 0.158521],
      [-0.7266, 1.634, 1.2216, 0.330129],
    ],
    tokens: 77,
  },
  mobilenet: {
    planes: [
      [-0.0902, 0.4118, -0.2627, -0.00247271],
      [0.0588, -0.9216, 0.2, 0.000905206],
      [0.1059, -0.2784, 0.051, 0.00188607],
    ],
  },
  resnet: {
    planes: [
      [-0.3883, 0.9646, -0.4226, 0.0591166],
      [0.2577, -2.0357, 0.958, 0.198492],
      [1.0017, -0.2184, 0.8448, 0.422188],
    ],
  },
  dino: {
    planes: [
      [-0.3883, 0.9646, -0.4226, 0.0591166],
      [0.2577, -2.0357, 0.958, 0.198492],
      [1.0017, -0.2184, 0.8448, 0.422188],
    ],
  },
  vit: {
    planes: [
      [-0.5216, -0.1373, -0.8667, -0.000444553],
      [-0.5216, 0.1294, -0.5216, 0.000612589],
      [-0.5137, 0.3882, -0.1765, 0.000137399],
    ],
  },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-families-"));
  await writeTinyClip(join(folder, "masked"), { layout: "towers", unprepared: true });
  await writeTinyClip(join(folder, "unmasked"), { layout: "towers", unprepared: true, unmasked: true });
});
afterAll(() => rm(folder, { recursive: true }));

function expectNear(vector: Float32Array | undefined, direction: readonly number[], digits: number) {
  const length = Math.hypot(...direction);
  for (const [at, value] of direction.entries()) expect(vector?.[at]).toBeCloseTo(value / length, digits);
}

describe("the golden numbers", () => {
  it("are there for every family that says how images are prepared", () => {
    const prepared = imageFamilies.filter(({ preprocessing }) => preprocessing).map(({ name }) => name);
    expect(Object.keys(cards).sort()).toEqual(prepared.sort());
  });

  it.each(Object.entries(cards))("of %s are those of an image that Pillow prepared", (name, { planes }) => {
    const { preprocessing } = imageFamilies.find((family) => family.name === name) ?? {};
    if (preprocessing === undefined) throw new Error(`There is no family ${name}.`);
    const { values, width, height } = preprocess(picture, preprocessing);
    const area = width * height;
    for (const [plane, [first, middle, last, mean = 0]] of planes.entries()) {
      const found = values.subarray(plane * area, (plane + 1) * area);
      for (const [at, wanted] of [first, middle, last].entries()) {
        expect(found.at(places[at] ?? 0)).toBeCloseTo(wanted ?? Number.NaN, 4);
      }
      expect(found.reduce((sum, value) => sum + value, 0) / area).toBeCloseTo(mean, 5);
    }
  });

  it.each(Object.entries(cards))("of %s are what its encoder gives the model", async (name, { planes }) => {
    await using encoder = await createImageEncoder({
      source: `onnx:${join(folder, "masked")}?family=${name}`,
    });
    const [vector] = await encoder.embedImages([picture]);
    expectNear(vector, [...planes.map((plane) => plane[3] ?? 0), 0], 2);
  });

  it.each(Object.entries(cards).filter(([, { tokens }]) => tokens !== undefined))(
    "of %s are its texts, cut and filled",
    async (name, { tokens = 0, filled }) => {
      await using masked = await createImageEncoder({
        source: `onnx:${join(folder, "masked")}?family=${name}`,
      });
      const long = `${"red ".repeat(tokens - 1)}${"green ".repeat(300)}`;
      const [cut] = (await masked.embedTexts?.([long])) ?? [];
      expectNear(cut, [tokens - 1, 1, 0, 0], 6);
      await using unmasked = await createImageEncoder({
        source: `onnx:${join(folder, "unmasked")}?family=${name}`,
      });
      const [red] = (await unmasked.embedTexts?.(["red"])) ?? [];
      expectNear(red, [1, 0, 0, filled ? tokens - 1 : 0], 6);
    },
  );
});
