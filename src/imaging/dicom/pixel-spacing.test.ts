import { describe, expect, it } from "vitest";
import { type WrittenElement, writeDicom } from "../../../test/support/dicom-writer.ts";
import { readPixelSpacing } from "./pixel-spacing.ts";
import { readDicom } from "./read-dicom.ts";

const spacingOf = (...elements: WrittenElement[]) =>
  readPixelSpacing(
    readDicom(writeDicom({ elements: [[0x00080060, "CS", "DX"], ...elements] }), { name: "scan" }).dataSet,
  );
const detector: WrittenElement = [0x00181164, "DS", "0.1\\0.2"];

describe("pixel spacing", () => {
  it("is that of the patient plane where the file has it", () => {
    expect(spacingOf(detector, [0x00280030, "DS", "0.3\\0.4"])).toEqual({
      row: 0.3,
      column: 0.4,
      plane: "patient",
    });
  });

  it("is else that of the detector, marked as such", () => {
    expect(spacingOf(detector)).toEqual({ row: 0.1, column: 0.2, plane: "detector" });
    expect(spacingOf(detector, [0x00280030, "DS", "0\\0"])?.plane).toBe("detector");
  });

  it("stands in the shared groups of an enhanced image", () => {
    const measures: WrittenElement = [0x00289110, "SQ", { items: [[[0x00280030, "DS", "1\\2"]]] }];
    expect(spacingOf([0x52009229, "SQ", { items: [[measures]] }])).toEqual({
      row: 1,
      column: 2,
      plane: "patient",
    });
  });

  it("is none where the file names none, one number or nonsense", () => {
    expect([spacingOf(), spacingOf([0x00280030, "DS", "1"]), spacingOf([0x00280030, "DS", "a\\b"])]).toEqual(
      Array(3).fill(undefined),
    );
  });
});
