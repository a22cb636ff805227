import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "./decode.ts";
import { storedImage } from "./stored-image.ts";
import { animatedWebp, paint, pngChunk } from "./test-images.ts";

/** No one's name: a string that must not survive. */
const identity = "SUBJECT-4711";
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${identity}"/></rdf:RDF></x:xmpmeta>`;

const picture = () => paint({ width: 90, height: 60 });
const labeled = (image: Sharp) => image.withExif({ IFD0: { Artist: identity } }).withXmp(xmp);

async function store(bytes: Uint8Array) {
  const decoded = await decodeImage(bytes, { name: "scan" });
  const stored = await storedImage(bytes, decoded);
  const again = await decodeImage(stored.bytes, { name: "stored" });
  return { decoded, stored, again, text: Buffer.from(stored.bytes).toString("latin1") };
}

/** Puts `segment` behind the two bytes with which every JPEG begins. */
const insertInJpeg = (jpeg: Buffer, segment: Buffer) =>
  Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);

function jpegSegment(code: number, text: string): Buffer {
  const body = Buffer.from(text, "latin1");
  return Buffer.concat([Buffer.from([0xff, code, 0, body.length + 2]), body]);
}

/** Puts `chunk` before the 12 bytes of IEND. */
const insertInPng = (png: Buffer, chunk: Buffer) =>
  Buffer.concat([png.subarray(0, png.length - 12), chunk, png.subarray(png.length - 12)]);

describe("the stored image", () => {
  it.each([
    ["png", "png"],
    ["jpeg", "jpg"],
    ["webp", "webp"],
  ] as const)("keeps a %s file that holds pixels alone byte for byte", async (format, extension) => {
    const bytes = await picture()[format]().toBuffer();
    const { stored } = await store(bytes);
    expect(stored.extension).toBe(extension);
    expect(stored.bytes).toBe(bytes);
  });

  it.each([
    ["PNG with EXIF and XMP", async () => labeled(picture()).png().toBuffer()],
    ["WebP with EXIF and XMP", async () => labeled(picture()).webp({ lossless: true }).toBuffer()],
    ...["tEXt", "zTXt", "iTXt", "eXIf", "prVt"].map((chunk) => [
      `PNG with a ${chunk} chunk`,
      async () =>
        insertInPng(await picture().png().toBuffer(), pngChunk(chunk, Buffer.from(`Author\0${identity}`))),
    ]),
    [
      "PNG with bytes after its end",
      async () => Buffer.concat([await picture().png().toBuffer(), Buffer.from(identity)]),
    ],
  ] as [string, () => Promise<Buffer>][])(
    "keeps the pixels and drops the identity of a %s",
    async (_, make) => {
      const bytes = await make();
      expect(bytes.toString("latin1")).toContain(identity);
      const { decoded, stored, again, text } = await store(bytes);
      expect(text).not.toContain(identity);
      expect(stored.extension).toBe("png");
      expect(again.pixelHash).toBe(decoded.pixelHash);
    },
  );

  it.each([
    ["EXIF and XMP", async () => labeled(picture()).jpeg().toBuffer()],
    [
      "a comment",
      async () => insertInJpeg(await picture().jpeg().toBuffer(), jpegSegment(0xfe, `for ${identity}`)),
    ],
    [
      "IPTC",
      async () => insertInJpeg(await picture().jpeg().toBuffer(), jpegSegment(0xed, `Photoshop ${identity}`)),
    ],
    [
      "bytes after its end",
      async () => Buffer.concat([await picture().jpeg().toBuffer(), Buffer.from(identity)]),
    ],
  ] as [string, () => Promise<Buffer>][])("drops the identity of a JPEG with %s", async (_, make) => {
    const bytes = await make();
    expect(bytes.toString("latin1")).toContain(identity);
    const { decoded, stored, again, text } = await store(bytes);
    expect(text).not.toContain(identity);
    expect(stored.extension).toBe("jpg");
    const difference = again.raster.data.reduce(
      (sum, sample, index) => sum + Math.abs(sample - decoded.raster.data[index]!),
      0,
    );
    expect(difference / again.raster.data.length).toBeLessThan(2);
  });

  it("stands upright and needs no rotation any more", async () => {
    const { decoded, again } = await store(await picture().withMetadata({ orientation: 8 }).png().toBuffer());
    expect(again.notes).toEqual([]);
    expect([again.width, again.height]).toEqual([60, 90]);
    expect(again.pixelHash).toBe(decoded.pixelHash);
  });

  it("drops a color profile and keeps the colors that it gave", async () => {
    const { decoded, stored, again } = await store(await picture().withIccProfile("p3").png().toBuffer());
    expect((await sharp(stored.bytes).metadata()).icc).toBeUndefined();
    expect(again.pixelHash).toBe(decoded.pixelHash);
  });

  it("keeps gray with alpha at 16 bits a sample as it is shown", async () => {
    const samples = Uint16Array.from({ length: 200 }, (_, index) => (index % 2 ? 40_000 : index * 20));
    const bytes = await sharp(samples, { raw: { width: 10, height: 10, channels: 2 } })
      .toColourspace("grey16")
      .withExif({ IFD0: { Artist: identity } })
      .png()
      .toBuffer();
    const { decoded, again } = await store(bytes);
    expect(decoded.color).toBe("gray");
    expect(decoded.notes).toContain("transparent: laid on black");
    expect(again.pixelHash).toBe(decoded.pixelHash);
  });

  it("keeps 16 bits a sample when it encodes a picture again", async () => {
    const samples = Uint16Array.from({ length: 4096 }, (_, index) => index * 3);
    const bytes = await sharp(samples, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace("grey16")
      .withExif({ IFD0: { Artist: identity } })
      .png()
      .toBuffer();
    const { stored, decoded, again } = await store(bytes);
    expect(stored.bytes).not.toBe(bytes);
    expect((await sharp(stored.bytes).metadata()).space).toBe("grey16");
    expect(again.pixelHash).toBe(decoded.pixelHash);
  });

  it("keeps the first frame of an animation as PNG", async () => {
    const { stored, again, decoded } = await store(await animatedWebp(3));
    expect(stored.extension).toBe("png");
    expect(again.notes).toEqual([]);
    expect(again.pixelHash).toBe(decoded.pixelHash);
  });

  it("keeps CMYK as an sRGB JPEG", async () => {
    const { stored, again } = await store(await picture().toColourspace("cmyk").jpeg().toBuffer());
    expect(stored.extension).toBe("jpg");
    expect(again.notes).toEqual([]);
  });
});
