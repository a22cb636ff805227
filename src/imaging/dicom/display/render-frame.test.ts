import { describe, expect, it } from "vitest";
import {
  transferSyntaxes,
  type WrittenElement,
  type WrittenImage,
  writeDicomImage,
} from "../../../../test/support/dicom-writer.ts";
import { readDicom } from "../read-dicom.ts";
import { renderFrame } from "./render-frame.ts";

type View = Parameters<typeof renderFrame>[1];
const render = (image: WrittenImage, view?: View) =>
  renderFrame(readDicom(writeDicomImage(image), { name: "scan" }), view);
const grays = async (image: WrittenImage, view?: View) => [...(await render(image, view)).raster.data];

const window = (center: string, width: string): WrittenElement[] => [
  [0x00281050, "DS", center],
  [0x00281051, "DS", width],
  [0x00281056, "CS", "LINEAR_EXACT"],
];
const row = (pixels: number[], elements: WrittenElement[] = []) => ({
  rows: 1,
  columns: pixels.length,
  pixels,
  elements,
});

describe("a gray frame", () => {
  it("of 8 bits in big endian words has the pixels of each word turned round", async () => {
    const elements: WrittenElement[] = [
      ...window("128", "256"),
      [0x7fe00010, "OW", Uint8Array.of(20, 10, 40, 30, 0, 50)],
    ];
    const inWords = { ...row([0, 0, 0, 0, 0], elements), bitsAllocated: 8 } as const;
    const transferSyntax = transferSyntaxes.explicitBigEndian;
    expect(await grays({ ...inWords, transferSyntax })).toEqual([10, 20, 30, 40, 50]);
    expect((await grays(inWords)).slice(0, 4)).toEqual([20, 10, 40, 30]);
  });

  it("goes through modality, window and inversion in this order", async () => {
    // Stored 0, 100, 200 × 2 − 200 = −200, 0, 200; window 0/400 → 0, 0.5, 1; MONOCHROME1 → 1, 0.5, 0.
    const elements: WrittenElement[] = [
      ...window("0", "400"),
      [0x00281052, "DS", "-200"],
      [0x00281053, "DS", "2"],
    ];
    expect(await grays(row([0, 100, 200], elements))).toEqual([0, 128, 255]);
    const inverted = await render({ ...row([0, 100, 200], elements), photometric: "MONOCHROME1" });
    expect([...inverted.raster.data]).toEqual([255, 128, 0]);
    expect(inverted.steps).toEqual([
      "stored values times 2 plus -200",
      "window center 0, width 400, LINEAR_EXACT, from the file",
      "MONOCHROME1: inverted, least is white",
    ]);
  });

  it("of MONOCHROME1 whose presentation shape says INVERSE is inverted once", async () => {
    const elements: WrittenElement[] = [...window("100", "200"), [0x20500020, "CS", "INVERSE"]];
    expect(await grays({ ...row([0, 200], elements), photometric: "MONOCHROME1" })).toEqual([255, 0]);
    expect(await grays(row([0, 200], elements))).toEqual([255, 0]);
  });

  it("has signed values, and values of 8 and 32 bits", async () => {
    const elements = window("0", "20");
    expect(await grays({ ...row([-10, 0, 10], elements), signed: true })).toEqual([0, 128, 255]);
    expect(await grays({ ...row([-10, 0, 10, 9], elements), signed: true, bitsAllocated: 8 })).toEqual([
      0, 128, 255, 242,
    ]);
    expect(await grays({ ...row([-10, 0, 10], elements), signed: true, bitsAllocated: 32 })).toEqual([
      0, 128, 255,
    ]);
  });

  it("leaves out bits above those stored, and takes the sign from the highest stored one", async () => {
    const elements = window("0", "4096");
    const image = { ...row([0x0fff, 0xf001, 0x0800], elements), bitsStored: 12 };
    // 4095, 1, 2048 unsigned; −1, 1, −2048 signed.
    expect(await grays(image, { window: { center: 2048, width: 4096 } })).toEqual([255, 0, 128]);
    expect(await grays({ ...image, signed: true })).toEqual([127, 128, 0]);
  });

  it("without a window is shown from percentile 1 to 99, without padding", async () => {
    const pixels = [60_000, ...Array.from({ length: 100 }, (_, index) => 1000 + index), 0];
    const padding: WrittenElement = [0x00280120, "US", [60_000]];
    const { raster, steps } = await render(row(pixels, [padding]));
    expect(steps).toEqual(["no window in the file: percentiles 1 to 99 shown, 1000 to 1098"]);
    expect([...raster.data.slice(-3)]).toEqual([255, 255, 0]);
  });

  it("of one value is middle gray, never black", async () => {
    expect(await grays(row([5, 5]))).toEqual([128, 128]);
  });

  it("is shown in the window that was asked for, and says so", async () => {
    const { raster, steps } = await render(row([0, 1000], window("0", "1")), {
      window: { center: 500.5, width: 1001 },
    });
    expect([...raster.data]).toEqual([0, 255]);
    expect(steps).toEqual(["window center 500.5, width 1001, as asked"]);
  });

  it("is the frame that was asked for, and says which", async () => {
    const image = { ...row([0, 20], window("10", "20")), columns: 1, frames: 2 };
    expect(await grays(image, { frame: 2 })).toEqual([255]);
    expect((await render(image)).steps[0]).toBe("frame 1 of 2");
    await expect(render(image, { frame: 3 })).rejects.toMatchObject({ code: "frame-missing" });
  });
});

describe("a color frame", () => {
  const image = { rows: 1, columns: 2, samples: 3, bitsAllocated: 8 } as const;

  it("of RGB is shown as it is, in planes too", async () => {
    expect(await grays({ ...image, pixels: [1, 2, 3, 4, 5, 6] })).toEqual([1, 2, 3, 4, 5, 6]);
    const planar: WrittenElement = [0x00280006, "US", [1]];
    expect(await grays({ ...image, pixels: [1, 4, 2, 5, 3, 6], elements: [planar] })).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it("of 16 bits is scaled to 8", async () => {
    const pixels = [65_535, 0, 32_896, 0, 257, 514];
    expect(await grays({ ...image, bitsAllocated: 16, pixels })).toEqual([255, 0, 128, 0, 1, 2]);
  });

  it("of luma and chroma becomes RGB", async () => {
    // Red of BT.601: Y 76, Cb 85, Cr 255; gray: Y 100, chroma 128.
    const pixels = [76, 85, 255, 100, 128, 128];
    const expected = [254, 0, 0, 100, 100, 100];
    expect(await grays({ ...image, photometric: "YBR_FULL", pixels })).toEqual(expected);
    const halved = [100, 100, 128, 128];
    expect(await grays({ ...image, photometric: "YBR_FULL_422", pixels: halved })).toEqual(
      Array(6).fill(100),
    );
  });

  it("of palette color has the palette applied, in big endian too", async () => {
    const elements: WrittenElement[] = [
      ...[0x00281101, 0x00281102, 0x00281103].map((tag) => [tag, "US", [2, 0, 16]] as const),
      ...[0x00281201, 0x00281202, 0x00281203].map(
        (tag, index) => [tag, "OW", [0, 0x1000 * (index + 1)]] as const,
      ),
    ];
    for (const transferSyntax of [
      transferSyntaxes.explicitLittleEndian,
      transferSyntaxes.explicitBigEndian,
    ]) {
      const palette = {
        ...row([0, 1], elements),
        bitsAllocated: 8,
        photometric: "PALETTE COLOR",
        transferSyntax,
      } as const;
      expect(await grays(palette)).toEqual([0, 0, 0, 16, 32, 48]);
    }
  });

  it("of an unknown model is refused without repeating what is no code", async () => {
    await expect(render({ ...image, pixels: [1, 2, 3, 4, 5, 6], photometric: "HSV" })).rejects.toMatchObject({
      code: "dicom-form-unsupported",
      facts: { photometric: "HSV" },
    });
    await expect(
      render({ ...image, pixels: [1, 2, 3, 4, 5, 6], photometric: "a^secret" }),
    ).rejects.toMatchObject({
      facts: { photometric: "unknown" },
    });
  });
});
