import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../decode.ts";
import { paint } from "../test-images.ts";
import { readTiff } from "./tiff.ts";

const codeOf = (bytes: Uint8Array) =>
  decodeImage(bytes, { name: "slide.tif" }).then(
    () => "decoded",
    (error: { code: string }) => error.code,
  );

describe("a TIFF file", () => {
  it.each([
    ["in strips", {}],
    ["in tiles", { tile: true, tileWidth: 64, tileHeight: 64 }],
    ["compressed", { compression: "deflate" }],
    ["as BigTIFF", { bigtiff: true }],
  ] as const)("has the pixels that a PNG of the same picture has (%s)", async (_, options) => {
    const picture = paint({ width: 300, height: 200 });
    const tiff = await decodeImage(
      await picture
        .clone()
        .tiff({ compression: "none", ...options })
        .toBuffer(),
      { name: "x" },
    );
    const png = await decodeImage(await picture.png().toBuffer(), { name: "x" });
    expect(tiff).toMatchObject({
      mediaType: "image/tiff",
      width: 300,
      height: 200,
      pixelHash: png.pixelHash,
    });
  });

  it("of 16 bits keeps its whole range and says that it is scaled", async () => {
    const values = Uint16Array.from({ length: 64 * 64 }, (_, index) => 1000 + index);
    const tiff = await sharp(values, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace("grey16")
      .tiff({ compression: "none" })
      .toBuffer();
    const { raster, notes } = await decodeImage(tiff, { name: "x" });
    expect(notes).toEqual(["16 bits a sample: shown scaled to 8"]);
    expect([raster.channels, raster.data[0], raster.data.at(-1)]).toEqual([1, 0, 255]);
  });

  it("of several pictures gives the first one and says so", () => {
    // Two directories of one strip each, written by hand: little endian, 1 × 1, 8 bits.
    const directory = (next: number) => {
      const bytes = Buffer.alloc(2 + 4 * 12 + 4);
      bytes.writeUInt16LE(4, 0);
      for (const [index, [tag, value]] of (
        [
          [256, 1],
          [257, 1],
          [273, 8],
          [279, 1],
        ] as const
      ).entries()) {
        bytes.writeUInt16LE(tag, 2 + index * 12);
        bytes.writeUInt16LE(4, 4 + index * 12);
        bytes.writeUInt32LE(1, 6 + index * 12);
        bytes.writeUInt32LE(value, 10 + index * 12);
      }
      bytes.writeUInt32LE(next, bytes.length - 4);
      return bytes;
    };
    const head = Buffer.from([0x49, 0x49, 0x2a, 0, 10, 0, 0, 0, 77, 0]);
    const file = Buffer.concat([head, directory(64), directory(0)]);
    expect(readTiff(file)).toMatchObject({ width: 1, height: 1, complete: true, frames: 2 });
    const circle = Buffer.concat([head, directory(10)]);
    expect(readTiff(circle).frames).toBe(1);
  });

  it("that is cut off is refused", async () => {
    const bytes = await paint({ width: 90, height: 90 }).tiff({ compression: "none" }).toBuffer();
    for (const share of [0.01, 0.3, 0.9]) {
      expect(await codeOf(bytes.subarray(0, Math.floor(bytes.length * share)))).toBe("image-truncated");
    }
  });

  it("is walked to an end whatever its bytes", () => {
    const starts = [
      [0x49, 0x49, 0x2a, 0],
      [0x4d, 0x4d, 0, 0x2a],
      [0x49, 0x49, 0x2b, 0],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        expect(readTiff(Uint8Array.from([...start, ...rest])).mediaType).toBe("image/tiff");
      }),
    );
  });
});
