import { describe, expect, it } from "vitest";
import { type WrittenImage, writeDicomImage } from "../../../../test/support/dicom-writer.ts";
import { decodePixels } from "../decode-pixels.ts";
import { readDicom } from "../read-dicom.ts";

/** A frame of RLE segments with its header (PS3.5 G.5). */
function rleFrame(...segments: number[][]): Uint8Array {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(segments.length, 0);
  let offset = 64;
  for (const [index, segment] of segments.entries()) {
    header.writeUInt32LE(offset, 4 + index * 4);
    offset += segment.length;
  }
  return Buffer.concat([header, Buffer.from(segments.flat())]);
}

const decode = (image: Omit<WrittenImage, "transferSyntax">) =>
  decodePixels(
    readDicom(writeDicomImage({ ...image, transferSyntax: "1.2.840.10008.1.2.5" }), { name: "scan" }),
  );

describe("RLE", () => {
  it("unpacks runs and literals, and skips the control byte that means nothing", async () => {
    const fragments = [rleFrame([0xfe, 7, 0x80, 0x02, 1, 2, 3])];
    const { data } = await decode({ rows: 2, columns: 3, bitsAllocated: 8, pixels: { fragments } });
    expect([...data]).toEqual([7, 7, 7, 1, 2, 3]);
  });

  it("puts the most significant bytes first", async () => {
    const fragments = [rleFrame([0x01, 0x12, 0xff], [0x01, 0x34, 0xfe])];
    const { data } = await decode({ rows: 1, columns: 2, signed: true, pixels: { fragments } });
    expect([...data]).toEqual([0x1234, -2]);
  });

  it("interleaves the planes of a color image of 16 bits", async () => {
    const segments = [1, 2, 3, 4, 5, 6].map((byte) => [0x01, byte, byte + 16]);
    const { data } = await decode({
      rows: 1,
      columns: 2,
      samples: 3,
      pixels: { fragments: [rleFrame(...segments)] },
    });
    expect([...data]).toEqual([0x0102, 0x0304, 0x0506, 0x1112, 0x1314, 0x1516]);
  });

  it.each([
    ["a segment gives too few pixels", rleFrame([0xfe, 7]), "image-truncated"],
    ["a literal run ends with the file", rleFrame([0x05, 1, 2]), "image-truncated"],
    ["the header is cut off", rleFrame([0xfe, 7]).subarray(0, 40), "image-truncated"],
    ["there are too many segments", rleFrame([0xfd, 7], [0xfd, 7]), "dicom-damaged"],
  ])("is refused where %s", async (_, frame, code) => {
    const image = { rows: 2, columns: 2, bitsAllocated: 8, pixels: { fragments: [frame] } } as const;
    await expect(decode(image)).rejects.toMatchObject({ code });
  });
});
