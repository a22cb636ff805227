import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { decodeImage } from "./decode.ts";
import { animatedWebp, paint, pngChunk, pngHeader, pngOf } from "./test-images.ts";

async function refusalOf(bytes: Uint8Array, name = "scan.png"): Promise<MedRoundsError> {
  const outcome = await decodeImage(bytes, { name }).catch((error: unknown) => error);
  if (!MedRoundsError.is(outcome)) {
    throw new Error(`expected a refusal, got ${String(outcome)}`);
  }
  return outcome;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("what is refused", () => {
  it("refuses an empty file, naming it by its base name only", async () => {
    const refusal = await refusalOf(new Uint8Array(), "/a/secret/folder/scan.png");
    expect(refusal.code).toBe("file-empty");
    expect(refusal.message).toBe("scan.png is empty.");
    expect(JSON.stringify(refusal.facts)).not.toContain("secret");
  });

  it("refuses text under an image name", async () => {
    expect((await refusalOf(bytesOf("Chest X-ray, normal."))).code).toBe("image-not-image");
  });

  it.each([
    ["GIF", bytesOf("GIF89a\x01\x00\x01\x00")],
    ["BMP", bytesOf("BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00")],
    ["HEIF or AVIF", bytesOf("\x00\x00\x00\x20ftypheic")],
    ["PDF", bytesOf("%PDF-1.7")],
  ])("names %s as a format that is not read", async (format, bytes) => {
    const refusal = await refusalOf(bytes);
    expect(refusal.code).toBe("file-unsupported");
    expect(refusal.facts).toMatchObject({ format });
  });

  it("refuses a PNG header of 20,000 × 20,000 pixels within milliseconds", async () => {
    const bytes = pngOf(pngHeader({ width: 20_000, height: 20_000 }));
    const start = performance.now();
    const refusal = await refusalOf(bytes);
    expect(performance.now() - start).toBeLessThan(100);
    expect(refusal.code).toBe("image-too-large");
    expect(refusal.facts).toMatchObject({ width: 20_000, height: 20_000 });
  });

  it("refuses over 100 megapixels even where both sides are allowed", async () => {
    const bytes = pngOf(pngHeader({ width: 16_000, height: 16_000 }));
    expect((await refusalOf(bytes)).code).toBe("image-too-large");
  });

  it.each(["png", "jpeg", "webp"] as const)("refuses a %s file that is cut anywhere", async (format) => {
    const bytes = await paint({ width: 200, height: 150 })[format]().toBuffer();
    for (const kept of [0.2, 0.5, 0.8, 0.99]) {
      const refusal = await refusalOf(bytes.subarray(0, Math.floor(bytes.length * kept)));
      expect(refusal.code).toBe("image-truncated");
    }
    expect((await refusalOf(bytes.subarray(0, bytes.length - 1))).code).toBe("image-truncated");
  });

  it("refuses a JPEG that lacks scan data but has an end marker", async () => {
    const bytes = await paint({ width: 200, height: 150 }).jpeg().toBuffer();
    const closed = Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.from([0xff, 0xd9])]);
    expect((await refusalOf(closed)).code).toBe("image-truncated");
  });

  it("refuses a complete PNG whose pixel data is short", async () => {
    const rows = deflateSync(new Uint8Array(10 * 11));
    const bytes = pngOf(
      pngHeader({ width: 10, height: 20 }),
      pngChunk("IDAT", rows),
      pngChunk("IEND", new Uint8Array()),
    );
    expect(["image-truncated", "image-unreadable"]).toContain((await refusalOf(bytes)).code);
  });

  it("refuses pixel data that does not decode, without the decoder's own words", async () => {
    const bytes = pngOf(
      pngHeader({ width: 10, height: 10 }),
      pngChunk("IDAT", bytesOf("not deflate")),
      pngChunk("IEND", new Uint8Array()),
    );
    const refusal = await refusalOf(bytes);
    expect(refusal.code).toBe("image-unreadable");
    expect(refusal.message).toBe("scan.png could not be decoded.");
  });
});

describe("what is accepted", () => {
  it.each(["png", "jpeg", "webp"] as const)(
    "decodes %s by its magic number, not its name",
    async (format) => {
      const bytes = await paint({ width: 40, height: 30 })[format]().toBuffer();
      const image = await decodeImage(bytes, { name: "notes.txt" });
      expect(image).toMatchObject({ width: 40, height: 30, color: "color", mediaType: `image/${format}` });
      expect(image.notes).toEqual([]);
    },
  );

  it("fits the working copy inside 512 × 512 and keeps the aspect and the full size", async () => {
    const image = await decodeImage(await paint({ width: 1024, height: 256 }).png().toBuffer(), {
      name: "x",
    });
    expect([image.width, image.height]).toEqual([1024, 256]);
    expect([image.raster.width, image.raster.height]).toEqual([512, 128]);
    expect(image.raster.data.length).toBe(512 * 128 * 3);
  });

  it("does not enlarge a picture of one pixel", async () => {
    const image = await decodeImage(await paint({ width: 1, height: 1 }).png().toBuffer(), { name: "x" });
    expect([image.raster.width, image.raster.height]).toEqual([1, 1]);
  });

  it("counts a color file with equal channels as gray", async () => {
    const gray = Buffer.from(Array.from({ length: 300 }, (_, index) => Math.floor(index / 3)));
    const bytes = await sharp(gray, { raw: { width: 10, height: 10, channels: 3 } })
      .png()
      .toBuffer();
    const image = await decodeImage(bytes, { name: "x" });
    expect(image.color).toBe("gray");
    expect(image.raster).toMatchObject({ channels: 1, data: Uint8Array.from({ length: 100 }, (_, i) => i) });
  });

  it("turns a picture upright as its EXIF orientation says", async () => {
    const corner = sharp(Buffer.from([250, 10, 10, 10, 10, 10]), {
      raw: { width: 3, height: 2, channels: 1 },
    });
    const bytes = await corner.toColourspace("b-w").withMetadata({ orientation: 6 }).png().toBuffer();
    const image = await decodeImage(bytes, { name: "x" });
    expect([image.width, image.height]).toEqual([2, 3]);
    expect([...image.raster.data]).toEqual([10, 250, 10, 10, 10, 10]);
    expect(image.notes).toEqual(["rotated as its EXIF orientation says"]);
  });

  it("shows a 12-bit picture in a 16-bit file in its whole range", async () => {
    const samples = Uint16Array.from({ length: 4096 }, (_, index) => index);
    const bytes = await sharp(samples, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    const image = await decodeImage(bytes, { name: "x" });
    expect(image).toMatchObject({ color: "gray", notes: ["16 bits a sample: shown scaled to 8"] });
    expect(image.raster.data[0]).toBe(0);
    expect(image.raster.data[2048]).toBe(128);
    expect(image.raster.data[4095]).toBe(255);
  });

  it("keeps the hue of a 16-bit color picture", async () => {
    const samples = Uint16Array.from([1000, 2000, 4000, 500, 1000, 2000]);
    const bytes = await sharp(samples, { raw: { width: 2, height: 1, channels: 3 } })
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    const image = await decodeImage(bytes, { name: "x" });
    expect([...image.raster.data]).toEqual([64, 128, 255, 32, 64, 128]);
  });

  it("converts CMYK to sRGB", async () => {
    const bytes = await paint({ width: 20, height: 20 }).toColourspace("cmyk").jpeg().toBuffer();
    const image = await decodeImage(bytes, { name: "x" });
    expect(image.raster.channels).toBe(3);
    expect(image.notes).toEqual(["CMYK converted to sRGB"]);
  });

  it("reads a palette picture", async () => {
    const bytes = await paint({ width: 20, height: 20 }).png({ palette: true }).toBuffer();
    expect((await decodeImage(bytes, { name: "x" })).color).toBe("color");
  });

  it("lays transparent pixels on black and says so only where there are any", async () => {
    const red = (alpha: number) => ({ r: 200, g: 0, b: 0, alpha });
    const create = (alpha: number) => ({ width: 4, height: 4, channels: 4 as const, background: red(alpha) });
    const half = await decodeImage(
      await sharp({ create: create(0.5) })
        .png()
        .toBuffer(),
      { name: "x" },
    );
    const opaque = await decodeImage(
      await sharp({ create: create(1) })
        .png()
        .toBuffer(),
      { name: "x" },
    );
    expect(half.notes).toEqual(["transparent: laid on black"]);
    expect(half.raster.data[0]).toBeCloseTo(100, -1);
    expect(opaque.notes).toEqual([]);
    expect([...opaque.raster.data.subarray(0, 3)]).toEqual([200, 0, 0]);
  });

  it("uses the first frame of an animated WebP and says so", async () => {
    const image = await decodeImage(await animatedWebp(3), { name: "x" });
    expect(image.notes).toEqual(["animated: first frame of 3 used"]);
    expect([image.width, image.height]).toEqual([8, 8]);
  });
});

describe("the pixel hash", () => {
  it("is equal for the same pixels in another container and without metadata", async () => {
    const png = await paint({ width: 700, height: 500 })
      .withExif({ IFD0: { Artist: "X" } })
      .png()
      .toBuffer();
    const webp = await sharp(png).webp({ lossless: true }).toBuffer();
    const jpeg = await paint({ width: 1400, height: 1000 }).jpeg().toBuffer();
    const hash = async (bytes: Uint8Array) => (await decodeImage(bytes, { name: "x" })).pixelHash;
    expect(await hash(webp)).toBe(await hash(png));
    expect(await hash(await sharp(jpeg).png().toBuffer())).toBe(await hash(jpeg));
  });

  it("differs where one pixel differs, and where only the shape differs", async () => {
    const hash = async (pixels: number[], width: number) =>
      (
        await decodeImage(
          await sharp(Buffer.from(pixels), { raw: { width, height: pixels.length / width, channels: 1 } })
            .toColourspace("b-w")
            .png()
            .toBuffer(),
          { name: "x" },
        )
      ).pixelHash;
    const first = await hash([1, 2, 3, 4], 2);
    expect(await hash([1, 2, 3, 5], 2)).not.toBe(first);
    expect(await hash([1, 2, 3, 4], 4)).not.toBe(first);
  });
});
