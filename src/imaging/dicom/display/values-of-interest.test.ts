import { describe, expect, it } from "vitest";
import { type WrittenElement, writeDicom } from "../../../../test/support/dicom-writer.ts";
import { readDicom } from "../read-dicom.ts";
import { applyValuesOfInterest, applyWindow, readValuesOfInterest } from "./values-of-interest.ts";

const dataSetOf = (...elements: WrittenElement[]) =>
  readDicom(writeDicom({ elements: [[0x00080060, "CS", "CT"], ...elements] }), { name: "scan" }).dataSet;
const values = (...numbers: number[]) => Float64Array.from(numbers);

describe("a window", () => {
  it("LINEAR maps the example of the standard: center 2048, width 4096", () => {
    // PS3.3 C.11.2.1.2.1: black up to 0, white from 4095, ((x - 2047.5) / 4095 + 0.5) between.
    const window = { center: 2048, width: 4096 };
    expect([...applyWindow(values(-1, 0, 819, 4095, 5000), window, "LINEAR")]).toEqual([0, 0, 0.2, 1, 1]);
  });

  it("LINEAR of width 1 is a threshold", () => {
    // PS3.3 C.11.2.1.2.1, note: center 2048, width 1 is black below 2048 and white from there.
    expect([...applyWindow(values(2047, 2048), { center: 2048, width: 1 }, "LINEAR")]).toEqual([0, 1]);
  });

  it("LINEAR_EXACT spans the width, and may be narrower than 1", () => {
    expect([...applyWindow(values(0, 25, 50, 75, 100), { center: 50, width: 100 }, "LINEAR_EXACT")]).toEqual([
      0, 0.25, 0.5, 0.75, 1,
    ]);
    expect([...applyWindow(values(0.5, 0.55), { center: 0.5, width: 0.1 }, "LINEAR_EXACT")][1]).toBeCloseTo(
      1,
    );
  });

  it("SIGMOID is a half at the center and bends at both ends", () => {
    const [low, half, high] = applyWindow(values(0, 50, 100), { center: 50, width: 100 }, "SIGMOID");
    expect(half).toBe(0.5);
    expect(low).toBeCloseTo(1 / (1 + Math.exp(2)), 12);
    expect(low! + high!).toBeCloseTo(1, 12);
  });
});

describe("what the file names", () => {
  it("is the first usable one of several windows, with its function", () => {
    const dataSet = dataSetOf(
      [0x00281050, "DS", "10\\40\\-600"],
      [0x00281051, "DS", "0\\400\\1500"],
      [0x00281056, "CS", "LINEAR"],
    );
    expect(readValuesOfInterest(dataSet, 0, false)).toEqual({
      type: "window",
      window: { center: 40, width: 400 },
      function: "LINEAR",
      count: 3,
    });
  });

  it("is nothing where no window is usable or there is none", () => {
    expect(
      readValuesOfInterest(dataSetOf([0x00281050, "DS", "40"], [0x00281051, "DS", "x"]), 0, false),
    ).toBeNull();
    expect(readValuesOfInterest(dataSetOf(), 0, false)).toBeNull();
  });

  it("is a lookup table before a window, from its first value, signed where pixels are", () => {
    const table: WrittenElement[] = [
      [0x00283002, "US", [3, 65_535, 8]],
      [0x00283006, "OW", [0, 51, 255]],
    ];
    const dataSet = dataSetOf(
      [0x00281050, "DS", "1"],
      [0x00281051, "DS", "9"],
      [0x00283010, "SQ", { items: [table] }],
    );
    const interest = readValuesOfInterest(dataSet, 0, true)!;
    expect([...applyValuesOfInterest(values(-9, -1, 0, 1, 9), interest)]).toEqual([0, 0, 0.2, 1, 1]);
  });

  it("stands in the functional groups of a frame, its own before the shared ones", () => {
    const window = (center: string): WrittenElement => [
      0x00289132,
      "SQ",
      {
        items: [
          [
            [0x00281050, "DS", center],
            [0x00281051, "DS", "100"],
          ],
        ],
      },
    ];
    const dataSet = dataSetOf(
      [0x52009229, "SQ", { items: [[window("1")]] }],
      [0x52009230, "SQ", { items: [[window("2")], []] }],
    );
    const centers = [0, 1].map((index) => {
      const interest = readValuesOfInterest(dataSet, index, false);
      return interest?.type === "window" && interest.window.center;
    });
    expect(centers).toEqual([2, 1]);
  });
});

describe("a range", () => {
  it("is stretched to the whole output; one value becomes middle gray", () => {
    const range = { type: "range", lowest: 10, highest: 20 } as const;
    expect([...applyValuesOfInterest(values(0, 10, 15, 20, 30), range)]).toEqual([0, 0, 0.5, 1, 1]);
    expect([...applyValuesOfInterest(values(7), { type: "range", lowest: 7, highest: 7 })]).toEqual([0.5]);
  });
});
