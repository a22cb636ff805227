import type { DataSet } from "./data-set.ts";
import { attributesOf } from "./functional-groups.ts";
import { tags } from "./tags.ts";
import { readNumbers } from "./values.ts";

/** Millimeters between the centers of neighboring pixels. */
export type PixelSpacing = {
  /** Between rows, and between columns. */
  row: number;
  column: number;
  /** In the patient or calibrated (Pixel Spacing); or at the detector, where things look larger than they are (Imager Pixel Spacing). */
  plane: "patient" | "detector";
};

/** The spacing of a frame (counted from 0); undefined where the file names none that is above 0 (PS3.3 10.7.1.3). */
export function readPixelSpacing(dataSet: DataSet, index = 0): PixelSpacing | undefined {
  const measures = attributesOf(dataSet, tags.pixelMeasuresSequence, index);
  return (
    spacingOf(readNumbers(measures, tags.pixelSpacing), "patient") ??
    spacingOf(readNumbers(dataSet, tags.imagerPixelSpacing), "detector")
  );
}

function spacingOf([row, column]: number[], plane: PixelSpacing["plane"]): PixelSpacing | undefined {
  return row && column && row > 0 && column > 0 && Number.isFinite(row * column)
    ? { row, column, plane }
    : undefined;
}
