import type { DataSet } from "../data-set.ts";
import { attributesOf } from "../functional-groups.ts";
import { tags } from "../tags.ts";
import { readItems, readNumber } from "../values.ts";
import { type LookupTable, lookUp, readLookupTable } from "./lookup-table.ts";

/** How stored values become those of the modality, as Hounsfield units (PS3.3 C.11.1). */
export type Modality =
  | { type: "none" }
  | { type: "rescale"; slope: number; intercept: number }
  | { type: "table"; table: LookupTable };

/** A lookup table if there is one, else slope and intercept; a slope of 0 or without a number is as none. */
export function readModality(dataSet: DataSet, index: number, isSigned: boolean): Modality {
  const [item] = readItems(dataSet, tags.modalityLutSequence);
  const table = item ? readLookupTable(item, isSigned) : null;
  if (table) return { type: "table", table };
  const attributes = attributesOf(dataSet, tags.pixelValueTransformationSequence, index);
  const slope = readNumber(attributes, tags.rescaleSlope) ?? 1;
  const intercept = readNumber(attributes, tags.rescaleIntercept) ?? 0;
  const isUsable = slope !== 0 && Number.isFinite(slope) && Number.isFinite(intercept);
  return isUsable && (slope !== 1 || intercept !== 0)
    ? { type: "rescale", slope, intercept }
    : { type: "none" };
}

export function applyModality(values: Float64Array, modality: Modality): Float64Array {
  if (modality.type === "none") return values;
  if (modality.type === "table") return lookUp(values, modality.table);
  const { slope, intercept } = modality;
  return values.map((value) => value * slope + intercept);
}
