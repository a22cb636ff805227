import { describe, expect, it } from "vitest";
import { type WrittenElement, writeDicom } from "../../../../test/support/dicom-writer.ts";
import { readDicom } from "../read-dicom.ts";
import { applyModality, readModality } from "./modality.ts";

const dataSetOf = (...elements: WrittenElement[]) =>
  readDicom(writeDicom({ elements: [[0x00080060, "CS", "CT"], ...elements] }), { name: "scan" }).dataSet;
const rescale = (intercept: string, slope: string): WrittenElement[] => [
  [0x00281052, "DS", intercept],
  [0x00281053, "DS", slope],
];
const apply = (elements: WrittenElement[], ...values: number[]) => [
  ...applyModality(Float64Array.from(values), readModality(dataSetOf(...elements), 0, false)),
];

describe("the modality transform", () => {
  it("is slope and intercept, also a negative slope", () => {
    expect(apply(rescale("-1024", "1"), 0, 1024)).toEqual([-1024, 0]);
    expect(apply(rescale("100", "-0.5"), 0, 100)).toEqual([100, 50]);
  });

  it("is a lookup table before slope and intercept", () => {
    const table: WrittenElement[] = [
      [0x00283002, "US", [2, 5, 16]],
      [0x00283006, "US", [300, 400]],
    ];
    expect(apply([...rescale("1", "1"), [0x00283000, "SQ", { items: [table] }]], 0, 5, 6, 9)).toEqual([
      300, 300, 400, 400,
    ]);
  });

  it("is none where there is none, or where the slope is 0 or no number", () => {
    expect(apply([], 3)).toEqual([3]);
    expect(apply(rescale("5", "0"), 3)).toEqual([3]);
    expect(apply(rescale("5", "x"), 3)).toEqual([3]);
  });
});
