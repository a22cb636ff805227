import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { deriveImage } from "./derive-image.ts";

const width = 100;
const height = 60;
const sample = (x: number, y: number) => (x * 2 + y) % 256;
const pixels = Uint8Array.from({ length: width * height }, (_, index) =>
  sample(index % width, Math.floor(index / width)),
);
let image: { bytes: Uint8Array; name: string };
let colored: { bytes: Uint8Array; name: string };

beforeAll(async () => {
  const bytes = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  const red = { create: { width: 50, height: 50, channels: 3, background: "#f00" } } as const;
  image = { bytes, name: "gradient.png" };
  colored = { bytes: await sharp(red).png().toBuffer(), name: "red.png" };
});

async function samples(png: Uint8Array) {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return {
    at: (x: number, y: number) =>
      [...data.subarray((y * info.width + x) * info.channels)].slice(0, info.channels),
    info,
  };
}

describe("an image made of another", () => {
  it.each([
    ["shares", { x: 0.1, y: 0.5, width: 0.2, height: 0.5 }],
    ["pixels", { x: 10, y: 30, width: 20, height: 30 }],
  ])("is its box in %s, pixel by pixel", async (_, box) => {
    const made = await deriveImage(image, { box });
    expect(made).toMatchObject({ width: 20, height: 30, color: "gray" });
    const { at } = await samples(made.png);
    for (const [x, y] of [
      [0, 0],
      [19, 29],
      [7, 11],
    ] as const)
      expect(at(x, y)[0]).toBe(sample(10 + x, 30 + y));
  });

  it("is inverted: what was black is white", async () => {
    const { at } = await samples((await deriveImage(image, { invert: true })).png);
    expect(at(5, 7)[0]).toBe(255 - sample(5, 7));
  });

  it("has the side that is asked for, larger or smaller", async () => {
    const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
    expect(await deriveImage(image, { box, side: 500 })).toMatchObject({ width: 500, height: 300 });
    expect(await deriveImage(image, { side: 64 })).toMatchObject({ width: 64, height: 38 });
  });

  it("stands beside the same part of another, gray beside color", async () => {
    const made = await deriveImage(image, { box: { x: 50, y: 30, width: 50, height: 30 }, beside: colored });
    expect(made).toMatchObject({ color: "color", height: 30, width: 50 + 8 + 30 });
    const { at } = await samples(made.png);
    expect(at(3, 4)).toEqual(Array(3).fill(sample(53, 34)));
    expect(at(54, 4)).toEqual([128, 128, 128]);
    expect(at(70, 15)).toEqual([255, 0, 0]);
  });

  it("is the same file each time", async () => {
    const view = { box: { x: 0, y: 0, width: 0.5, height: 1 }, side: 200, invert: true };
    expect(Buffer.compare((await deriveImage(image, view)).png, (await deriveImage(image, view)).png)).toBe(
      0,
    );
  });

  it.each([
    { x: 0, y: 0, width: 0, height: 0 },
    { x: 0, y: 0, width: 0.01, height: 0.01 },
    { x: 200, y: 0, width: 50, height: 50 },
    { x: 1, y: 1, width: 1, height: 1 },
  ])("is refused where the box %o holds next to nothing", async (box) => {
    await expect(deriveImage(image, { box })).rejects.toMatchObject({ code: "box-invalid" });
  });
});
