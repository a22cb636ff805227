import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type WrittenImage, writeDicomImage } from "../../../../test/support/dicom-writer.ts";
import { paint, softShapes } from "../../test-images.ts";
import { decodePixels } from "../decode-pixels.ts";
import { readDicom } from "../read-dicom.ts";

const decode = (image: Omit<WrittenImage, "transferSyntax">) =>
  decodePixels(
    readDicom(writeDicomImage({ ...image, transferSyntax: "1.2.840.10008.1.2.4.50" }), { name: "scan" }),
  );
const grayImage = (jpeg: Uint8Array, side: number) =>
  decode({ rows: side, columns: side, bitsAllocated: 8, pixels: { fragments: [jpeg] } });

/** Bits from the left, filled with ones, zeros stuffed behind 0xFF. */
function packBits(bits: string): number[] {
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1").match(/.{8}/g) ?? [];
  return bytes.flatMap((byte) => (byte === "11111111" ? [0xff, 0] : [Number.parseInt(byte, 2)]));
}

/** A lossless JPEG (T.81 annex H) whose differences have codes of five bits for each of the 17 sizes. */
function losslessJpeg(image: {
  width: number;
  height: number;
  precision: number;
  predictor: number;
  samples: number[];
}) {
  const { width, height, precision, predictor, samples } = image;
  let bits = "";
  for (let at = 0; at < samples.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const [left = 0, above = 0, corner = 0] = [samples[at - 1], samples[at - width], samples[at - width - 1]];
    const table = [
      0,
      left,
      above,
      corner,
      left + above - corner,
      left + ((above - corner) >> 1),
      above + ((left - corner) >> 1),
      (left + above) >> 1,
    ];
    const predicted = y === 0 ? (x === 0 ? 1 << (precision - 1) : left) : x === 0 ? above : table[predictor]!;
    const difference = ((samples[at]! - predicted + 32_768) & 0xffff) - 32_768;
    const size = difference === -32_768 ? 16 : 32 - Math.clz32(Math.abs(difference));
    bits += size.toString(2).padStart(5, "0");
    if (size > 0 && size < 16) {
      bits += (difference < 0 ? difference + (1 << size) - 1 : difference).toString(2).padStart(size, "0");
    }
  }
  const symbols = Array.from({ length: 17 }, (_, size) => size);
  return Buffer.from([
    ...[
      0xff,
      0xd8,
      0xff,
      0xc3,
      0,
      11,
      precision,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      1,
      1,
      0x11,
      0,
    ],
    ...[0xff, 0xc4, 0, 19 + 17, 0, 0, 0, 0, 0, 17, ...Array(11).fill(0), ...symbols],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, predictor, 0, 0, ...packBits(bits), 0xff, 0xd9],
  ]);
}

describe("JPEG with a cosine transform", () => {
  it.each([
    ["baseline", {}],
    ["progressive", { progressive: true }],
    ["with restarts and own tables", { optimizeCoding: true, quality: 40 }],
  ])("gives the same gray values as libjpeg (%s)", async (_, options) => {
    const jpeg = await softShapes(3, 93)
      .jpeg({ ...options, mozjpeg: false })
      .toBuffer();
    const expected = await sharp(jpeg).toColourspace("b-w").raw().toBuffer();
    expect(Buffer.from((await grayImage(jpeg, 93)).data)).toEqual(expected);
  });

  it("leaves luma and chroma as coded, and says what they are", async () => {
    const jpeg = await paint({ width: 50, height: 30 }).jpeg({ chromaSubsampling: "4:2:0" }).toBuffer();
    const image = {
      rows: 30,
      columns: 50,
      samples: 3,
      bitsAllocated: 8,
      pixels: { fragments: [jpeg] },
    } as const;
    const { data, photometric } = await decode(image);
    expect(photometric).toBe("YBR_FULL");
    const luma = await sharp(jpeg).toColourspace("b-w").raw().toBuffer();
    const differences = luma.map((value, pixel) => Math.abs(value - data[pixel * 3]!));
    expect(differences.reduce((sum, value) => sum + value, 0) / luma.length).toBeLessThan(4);
  });

  it("is refused wherever it is cut off", async () => {
    const jpeg = await softShapes(1, 40).jpeg({ progressive: true }).toBuffer();
    for (let length = 30; length < jpeg.length - 1; length += 37) {
      const cut = Buffer.concat([jpeg.subarray(0, length), Buffer.from([0xff, 0xd9])]);
      await expect(grayImage(cut, 40), String(length)).rejects.toMatchObject({
        code: /image-truncated|dicom-damaged/,
      });
      await expect(grayImage(jpeg.subarray(0, length), 40)).rejects.toMatchObject({
        code: /image-truncated|dicom-damaged/,
      });
    }
  });

  it("is refused where its size is not that of the data set", async () => {
    const jpeg = await softShapes(1, 40).jpeg().toBuffer();
    await expect(grayImage(jpeg, 41)).rejects.toMatchObject({ code: "dicom-damaged" });
  });

  it("is refused by name where it is coded arithmetically", async () => {
    const jpeg = await softShapes(1, 40).jpeg().toBuffer();
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9;
    await expect(grayImage(jpeg, 40)).rejects.toMatchObject({ code: "dicom-form-unsupported" });
  });
});

describe("lossless JPEG", () => {
  it.each([1, 2, 3, 4, 5, 6, 7])("undoes predictor %i in 16 bits, signed or not", async (predictor) => {
    const samples = Array.from({ length: 35 }, (_, index) => (index * 7919 * (index % 5)) & 0xffff);
    const jpeg = losslessJpeg({ width: 7, height: 5, precision: 16, predictor, samples });
    const image = { rows: 5, columns: 7, pixels: { fragments: [jpeg] } };
    expect([...(await decode(image)).data]).toEqual(samples);
    expect([...(await decode({ ...image, signed: true })).data]).toEqual(
      samples.map((value) => (value << 16) >> 16),
    );
  });

  it("is refused where pixels are missing", async () => {
    const jpeg = losslessJpeg({
      width: 7,
      height: 4,
      precision: 12,
      predictor: 1,
      samples: Array(28).fill(900),
    });
    jpeg[8] = 5;
    const image = { rows: 5, columns: 7, pixels: { fragments: [jpeg] } };
    await expect(decode(image)).rejects.toMatchObject({ code: "image-truncated" });
  });
});
