import { describe, expect, it } from "vitest";
import { type WrittenElement, writeDicom } from "../../../../test/support/dicom-writer.ts";
import { readDicom } from "../read-dicom.ts";
import { applyPalette, readPalette } from "./palette.ts";

const dataSetOf = (...elements: WrittenElement[]) =>
  readDicom(writeDicom({ elements: [[0x00080060, "CS", "US"], ...elements] }), { name: "scan" }).dataSet;
const channels = (descriptor: number[], first: number, tables: number[][]): WrittenElement[] => [
  ...[0x00281101, 0x00281102, 0x00281103].map((tag) => [tag, "US", descriptor] as const),
  ...tables.map((table, index) => [first + index, "OW", table] as const),
];

describe("a palette", () => {
  it("gives each value its color, and values outside its ends", () => {
    const dataSet = dataSetOf(
      ...channels([2, 10, 16], 0x00281201, [
        [0xff00, 0x1000],
        [0, 0x2000],
        [0, 0x3000],
      ]),
    );
    const colors = applyPalette([9, 10, 11, 12], readPalette(dataSet, false)!);
    expect([...colors]).toEqual([255, 0, 0, 255, 0, 0, 16, 32, 48, 16, 32, 48]);
  });

  it("that promises 16 bits and fills 8 is taken as filled", () => {
    const dataSet = dataSetOf(
      ...channels([2, 0, 16], 0x00281201, [
        [200, 1],
        [100, 2],
        [50, 3],
      ]),
    );
    expect([...applyPalette([0], readPalette(dataSet, false)!)]).toEqual([200, 100, 50]);
  });

  it("in segments is unfolded: values, lines, and repetitions", () => {
    // Two values; a line of 2 steps up to 0x4000; the first segment again (1 segment from byte 0).
    const segments = [0, 2, 0x1000, 0x2000, 1, 2, 0x4000, 2, 1, 0, 0];
    const dataSet = dataSetOf(...channels([6, 0, 16], 0x00281221, [segments, segments, segments]));
    const colors = applyPalette([0, 1, 2, 3, 4, 5], readPalette(dataSet, false)!);
    expect([...colors].filter((_, index) => index % 3 === 0)).toEqual([0x10, 0x20, 0x30, 0x40, 0x10, 0x20]);
  });

  it("that is missing, too short or never ends is none", () => {
    expect(readPalette(dataSetOf(), false)).toBeNull();
    expect(readPalette(dataSetOf(...channels([9, 0, 16], 0x00281201, [[1], [2], [3]])), false)).toBeNull();
    const endless = Array(9_000).fill([2, 65_535, 0, 0]).flat() as number[];
    expect(
      readPalette(dataSetOf(...channels([9, 0, 16], 0x00281221, [endless, endless, endless])), false),
    ).toBeNull();
  });
});
