import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import {
  transferSyntaxes,
  type WrittenImage,
  writeDicom,
  writeDicomImage,
} from "../../../test/support/dicom-writer.ts";
import { decodePixels } from "./decode-pixels.ts";
import { readDicom } from "./read-dicom.ts";

const decode = (image: WrittenImage, frame?: number) =>
  decodePixels(readDicom(writeDicomImage(image), { name: "scan" }), frame === undefined ? {} : { frame });

async function codeOf(image: WrittenImage, frame?: number): Promise<string> {
  const error = await decode(image, frame).catch((thrown: unknown) => thrown);
  return MedRoundsError.is(error) ? error.code : "decoded";
}

const tiny = { rows: 2, columns: 2 } as const;

describe("uncompressed pixels", () => {
  it.each([
    ["explicit", transferSyntaxes.explicitLittleEndian],
    ["implicit", transferSyntaxes.implicitLittleEndian],
    ["big endian", transferSyntaxes.explicitBigEndian],
    ["deflated", transferSyntaxes.deflated],
  ])("are the stored values, signed or not, in 8, 16 and 32 bits (%s)", async (_, transferSyntax) => {
    const cases = [
      [{ bitsAllocated: 8 as const, pixels: [0, 1, 254, 255] }, "uint8"],
      [{ pixels: [0, 1, 40_000, 65_535] }, "uint16"],
      [{ signed: true, pixels: [-32_768, -1, 0, 32_767] }, "int16"],
      [{ bitsAllocated: 32 as const, pixels: [0, 1, 2, 4_000_000_000] }, "uint32"],
      [{ bitsAllocated: 32 as const, signed: true, pixels: [-2_000_000_000, -1, 0, 7] }, "int32"],
    ] as const;
    for (const [image, type] of cases) {
      const pixels = await decode({ ...tiny, ...image, transferSyntax });
      expect(pixels).toMatchObject({ shape: [2, 2], type });
      expect([...pixels.data]).toEqual(image.pixels);
    }
  });

  it("have bits beyond Bits Stored left as they are", async () => {
    const { data } = await decode({ ...tiny, bitsStored: 12, pixels: [0xf001, 2, 3, 4] });
    expect([...data]).toEqual([0xf001, 2, 3, 4]);
  });

  it("have planes of color interleaved", async () => {
    const pixels = [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24];
    const image = { ...tiny, samples: 3 as const, bitsAllocated: 8 as const, pixels };
    expect([...(await decode({ ...image, elements: [[0x00280006, "US", [1]]] })).data]).toEqual([
      1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24,
    ]);
    const sideBySide = await decode(image);
    expect([...sideBySide.data]).toEqual(pixels);
    expect(sideBySide.shape).toEqual([2, 2, 3]);
  });

  it("have chroma of YBR_FULL_422 repeated for both pixels", async () => {
    const image = {
      rows: 1,
      columns: 2,
      samples: 3 as const,
      bitsAllocated: 8 as const,
      photometric: "YBR_FULL_422",
    };
    expect([...(await decode({ ...image, pixels: [10, 20, 100, 200] })).data]).toEqual([
      10, 100, 200, 20, 100, 200,
    ]);
    // Some files promise half the chroma and hold all of it.
    expect([...(await decode({ ...image, pixels: [1, 2, 3, 4, 5, 6] })).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("of 1 bit are unpacked from the least significant bit, also where a frame begins inside a byte", async () => {
    const image = {
      rows: 1,
      columns: 3,
      frames: 3,
      pixels: Uint8Array.of(0b10_101_011, 0b1),
      elements: [
        [0x00280100, "US", [1]],
        [0x00280101, "US", [1]],
      ],
    } as const;
    expect([...(await decode(image)).data]).toEqual([1, 1, 0, 1, 0, 1, 0, 1, 1]);
    expect([...(await decode(image, 3)).data]).toEqual([0, 1, 1]);
  });

  it("are given of one frame, counted from 1, or of all", async () => {
    const image = { rows: 1, columns: 2, frames: 3, pixels: [1, 2, 3, 4, 5, 6] };
    expect((await decode(image)).shape).toEqual([3, 1, 2]);
    expect([...(await decode(image, 2)).data]).toEqual([3, 4]);
    expect(await codeOf(image, 4)).toBe("frame-missing");
    expect(await codeOf(image, 0)).toBe("frame-missing");
  });

  it("are floating-point numbers where the file has those", async () => {
    const elements = [
      [0x00280002, "US", [1]],
      [0x00280010, "US", [1]],
      [0x00280011, "US", [2]],
      [0x00280100, "US", [32]],
      [0x7fe00008, "OF", [0.5, -2]],
    ] as const;
    const pixels = await decodePixels(readDicom(writeDicom({ elements }), { name: "map" }));
    expect(pixels.type).toBe("float32");
    expect([...pixels.data]).toEqual([0.5, -2]);
  });

  it("of which one byte is missing are refused", async () => {
    const image = { ...tiny, bitsAllocated: 8 as const, columns: 3, pixels: [1, 2, 3, 4, 5, 6] };
    expect(await codeOf(image)).toBe("decoded");
    expect(await codeOf({ ...image, pixels: [1, 2, 3, 4] })).toBe("image-truncated");
  });

  it.each([
    ["no rows", { elements: [[0x00280010, "US", [0]]] }, "dicom-damaged"],
    ["65,535 × 65,535 pixels", { rows: 65_535, columns: 65_535 }, "image-too-large"],
    ["12 bits allocated", { elements: [[0x00280100, "US", [12]]] }, "dicom-form-unsupported"],
    ["more bits stored than allocated", { elements: [[0x00280101, "US", [17]]] }, "dicom-damaged"],
    ["four samples", { elements: [[0x00280002, "US", [4]]] }, "dicom-form-unsupported"],
    ["frames that are no number", { elements: [[0x00280008, "IS", "1A"]] }, "dicom-damaged"],
    ["a billion frames", { elements: [[0x00280008, "IS", "1000000000"]] }, "image-too-large"],
    ["video", { transferSyntax: "1.2.840.10008.1.2.4.102" }, "dicom-form-unsupported"],
    ["an unknown transfer syntax", { transferSyntax: "1.2.3" }, "dicom-form-unsupported"],
  ] satisfies [string, Partial<WrittenImage>, string][])("are refused with %s", async (_, changed, code) => {
    expect(await codeOf({ ...tiny, pixels: [1, 2, 3, 4], ...changed })).toBe(code);
  });

  it("that are not there are refused as such", async () => {
    const file = readDicom(writeDicom({ elements: [[0x00080060, "CS", "SR"]] }), { name: "report" });
    await expect(decodePixels(file)).rejects.toMatchObject({ code: "dicom-without-pixels" });
  });
});

describe("fragments", () => {
  const frame = (...values: number[]) => deflateRawSync(Uint8Array.from(values));
  const [one, two] = [frame(1, 2, 3, 4), frame(5, 6, 7, 8)];
  const image = { ...tiny, bitsAllocated: 8 as const, frames: 2, transferSyntax: "1.2.840.10008.1.2.8.1" };
  const decoded = [1, 2, 3, 4, 5, 6, 7, 8];
  const half = (bytes: Uint8Array) => [bytes.subarray(0, 2), bytes.subarray(2)] as const;
  const even = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]).length;

  it("are a frame each, without an offset table", async () => {
    expect([...(await decode({ ...image, pixels: { fragments: [one, two] } })).data]).toEqual(decoded);
  });

  it("are joined to frames by the basic offset table", async () => {
    const fragments = [...half(one), two];
    const offsetTable = [0, 16 + 2 + even(one.subarray(2))];
    expect([...(await decode({ ...image, pixels: { fragments, offsetTable } })).data]).toEqual(decoded);
  });

  it("are joined to frames by the extended offset table, which wins", async () => {
    const elements = [
      [
        0x7fe00001,
        "OV",
        Uint8Array.from(new Uint8Array(BigUint64Array.of(0n, BigInt(8 + even(one))).buffer)),
      ],
      [
        0x7fe00002,
        "OV",
        Uint8Array.from(new Uint8Array(BigUint64Array.of(BigInt(one.length), BigInt(two.length)).buffer)),
      ],
    ] as const;
    const pixels = { fragments: [one, two], offsetTable: [0, 2] };
    expect([...(await decode({ ...image, elements, pixels })).data]).toEqual(decoded);
  });

  it("that can't be told apart, or are too few, are refused", async () => {
    expect(await codeOf({ ...image, pixels: { fragments: [...half(one), two] } })).toBe("dicom-damaged");
    expect(await codeOf({ ...image, pixels: { fragments: [one] } })).toBe("image-truncated");
    expect(await codeOf({ ...image, pixels: { fragments: [one, new Uint8Array()] } })).toBe(
      "image-truncated",
    );
  });

  it("are refused where the transfer syntax has none, and missed where it has them", async () => {
    const { explicitLittleEndian } = transferSyntaxes;
    const pixels = { fragments: [one, two] };
    expect(await codeOf({ ...image, pixels, transferSyntax: explicitLittleEndian })).toBe("dicom-damaged");
    expect(await codeOf({ ...image, pixels: decoded })).toBe("dicom-damaged");
  });
});
