import type { DataSet } from "../data-set.ts";
import { attributesOf } from "../functional-groups.ts";
import { tags } from "../tags.ts";
import { readItems, readNumbers, readText } from "../values.ts";
import { type LookupTable, lookUp, readLookupTable } from "./lookup-table.ts";

/** A window in values of the modality. */
export type Window = { center: number; width: number };
export type WindowFunction = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

/** Which values are shown between black and white (PS3.3 C.11.2). */
export type ValuesOfInterest =
  | { type: "table"; table: LookupTable }
  | { type: "window"; window: Window; function: WindowFunction; count: number }
  | { type: "range"; lowest: number; highest: number };

/** What the file names for a frame: a VOI LUT, else its first usable window; `null` where it names neither. */
export function readValuesOfInterest(
  dataSet: DataSet,
  index: number,
  isSigned: boolean,
): ValuesOfInterest | null {
  const attributes = attributesOf(dataSet, tags.frameVoiLutSequence, index);
  const tables = readItems(attributes, tags.voiLutSequence).map((item) => readLookupTable(item, isSigned));
  const table = tables.find((found) => found !== null);
  if (table) return { type: "table", table };
  const centers = readNumbers(attributes, tags.windowCenter);
  const widths = readNumbers(attributes, tags.windowWidth);
  const shape = readFunction(attributes);
  const first = centers.findIndex((center, at) => isUsable({ center, width: widths[at] ?? 0 }, shape));
  if (first < 0) return null;
  const window = { center: centers[first]!, width: widths[first]! };
  return { type: "window", window, function: shape, count: centers.length };
}

function readFunction(attributes: DataSet): WindowFunction {
  const name = readText(attributes, tags.voiLutFunction);
  return name === "LINEAR_EXACT" || name === "SIGMOID" ? name : "LINEAR";
}

/** A linear window has a width of 1 or more, the others one above 0 (PS3.3 C.11.2.1.2). */
function isUsable({ center, width }: Window, shape: WindowFunction): boolean {
  return Number.isFinite(center) && Number.isFinite(width) && (shape === "LINEAR" ? width >= 1 : width > 0);
}

/** Values of the modality to shares of the output from 0 to 1. */
export function applyValuesOfInterest(values: Float64Array, interest: ValuesOfInterest): Float64Array {
  if (interest.type === "table") {
    const { table } = interest;
    return lookUp(values, table).map((entry) => entry / table.largest);
  }
  if (interest.type === "range") return stretch(values, interest);
  return applyWindow(values, interest.window, interest.function);
}

/** PS3.3 C.11.2.1.2 and C.11.2.1.3, with an output from 0 to 1. */
export function applyWindow(
  values: Float64Array,
  { center, width }: Window,
  shape: WindowFunction,
): Float64Array {
  if (shape === "SIGMOID") return values.map((value) => 1 / (1 + Math.exp((-4 * (value - center)) / width)));
  if (shape === "LINEAR_EXACT") return values.map((value) => clamp((value - center) / width + 0.5));
  // A width of 1 has no slope: what is above the center is white.
  if (width === 1) return values.map((value) => (value > center - 0.5 ? 1 : 0));
  return values.map((value) => clamp((value - (center - 0.5)) / (width - 1) + 0.5));
}

function stretch(
  values: Float64Array,
  { lowest, highest }: { lowest: number; highest: number },
): Float64Array {
  // A picture of one value is shown as middle gray rather than black, which would look like missing pixels.
  if (!(highest > lowest)) return values.map(() => 0.5);
  return values.map((value) => clamp((value - lowest) / (highest - lowest)));
}

function clamp(share: number): number {
  return share > 0 ? Math.min(share, 1) : 0;
}
