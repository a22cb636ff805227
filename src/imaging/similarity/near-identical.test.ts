import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../decode.ts";
import { fingerprintLength, fingerprintOf, samePictureCosine } from "../fingerprint.ts";
import { softShapes } from "../test-images.ts";
import { symmetricGrids } from "./fingerprint-grid.ts";
import { createNearIdenticalIndex } from "./near-identical.ts";
import { createCropIndex } from "./near-identical-crops.ts";

const fingerprintOfPicture = async (picture: Sharp) =>
  fingerprintOf((await decodeImage(await picture.jpeg({ quality: 75 }).toBuffer(), { name: "x" })).raster);

const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const pictures = await Promise.all(seeds.map((seed) => fingerprintOfPicture(softShapes(seed))));
const flat = new Float32Array(fingerprintLength).fill(1, fingerprintLength - 1);

const changed = (seed: number, change: (picture: Sharp) => Sharp) =>
  softShapes(seed)
    .png()
    .toBuffer()
    .then((bytes) => fingerprintOfPicture(change(sharp(bytes))));

describe("the index of near-identical pictures", () => {
  const index = createNearIdenticalIndex([...pictures, flat]);

  const copies: [string, (picture: Sharp) => Sharp][] = [
    ["encoded again and halved", (picture) => picture.resize(100)],
    ["mirrored", (picture) => picture.flop()],
    ["upside down", (picture) => picture.flip()],
    ["turned by 90°", (picture) => picture.rotate(90)],
    ["as a negative", (picture) => picture.negate({ alpha: false })],
    ["turned by 270° and mirrored", (picture) => picture.rotate(270).flop()],
  ];
  it.each(copies)("finds a picture %s, and no other", async (_, change) => {
    for (const seed of seeds) expect(index.find(await changed(seed, change))).toEqual([seed]);
  });

  it("finds nothing for a flat picture, and no flat picture", () => {
    expect(index.find(flat)).toEqual([]);
    expect(createNearIdenticalIndex([]).find(pictures[0]!)).toEqual([]);
  });

  it("finds what comparing all in all eight ways finds, negatives too", () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const grid = fc.array(number, { minLength: 4, maxLength: 4 }).filter((some) => Math.hypot(...some) > 0.1);
    fc.assert(
      fc.property(fc.array(grid, { minLength: 1, maxLength: 6 }), grid, fc.nat(7), (all, other, turn) => {
        const library = all.map(smooth);
        const query = symmetricGrids(smooth(other))[turn]!;
        const naive = library.flatMap((one, position) =>
          symmetricGrids(query).some((way) => Math.abs(cosine(way, one)) >= samePictureCosine)
            ? [position]
            : [],
        );
        expect(createNearIdenticalIndex(library).find(query)).toEqual(naive);
      }),
    );
  });
});

describe("the index of crops", () => {
  const index = createCropIndex([...pictures, flat]);
  const crops: [string, Parameters<Sharp["extract"]>[0]][] = [
    ["3 % off the left", { left: 6, top: 0, width: 194, height: 200 }],
    ["5 % off every side", { left: 10, top: 10, width: 180, height: 180 }],
    ["2 % off the top and 4 % off the right", { left: 0, top: 4, width: 192, height: 196 }],
  ];
  it.each(crops)("finds a picture with %s, mirrored too, and no other", async (_, region) => {
    for (const seed of seeds) {
      expect(index.find(await changed(seed, (picture) => picture.extract(region)))).toEqual([seed]);
      const mirrored = await changed(seed, (picture) => picture.extract(region).flop());
      expect(index.find(mirrored)).toEqual([seed]);
    }
  });

  it("finds the picture that is a crop of the given one", async () => {
    const region = { left: 8, top: 8, width: 186, height: 186 };
    const cropped = await changed(3, (picture) => picture.extract(region));
    expect(createCropIndex([cropped]).find(pictures[3]!)).toEqual([0]);
    expect(createCropIndex([cropped]).find(pictures[4]!)).toEqual([]);
  });

  it("finds nothing for a flat picture", () => {
    expect(index.find(flat)).toEqual([]);
  });
});

/** A fingerprint of four waves, so that different ones are often close. */
function smooth(amplitudes: readonly number[]): Float32Array {
  const fingerprint = new Float32Array(fingerprintLength);
  for (let cell = 0; cell < 256; cell++) {
    const [row, column] = [Math.floor(cell / 16), cell % 16];
    for (const [wave, amplitude] of amplitudes.entries()) {
      const steps = wave % 2 === 0 ? row : column;
      fingerprint[cell]! += amplitude * Math.cos((Math.PI * (1 + Math.floor(wave / 2)) * (steps + 0.5)) / 16);
    }
  }
  const length = Math.hypot(...fingerprint);
  return fingerprint.map((value) => value / length);
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, cell) => sum + value * b[cell]!, 0);
}
