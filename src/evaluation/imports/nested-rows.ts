import { isRecord } from "./json-values.ts";

/**
 * The rows of values that hold rows instead of being some: a list of a chunk's rows (as where files of several chunks were joined), or
 * rows or lists of them by an id or a name. What holds no row stays as it is, so that it is refused and not lost.
 */
export function nestedRows(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => {
    if (isRow(value)) return [value];
    const inner = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
    const holdsRows = inner.some((one) => isRow(one) || isListOfRows(one));
    return holdsRows ? inner.flatMap((one) => (isListOfRows(one) ? one : [one])) : [value];
  });
}

function isListOfRows(value: unknown): value is unknown[] {
  return Array.isArray(value) && !isRow(value) && value.some(isRow);
}

/** An object of the known fields, or a message that is a list of parts, of which the first says who speaks; hosted models' is in a list. */
function isRow(value: unknown): boolean {
  if (isRecord(value)) return Array.isArray(value.conversations) || "pred_response" in value;
  if (!Array.isArray(value)) return false;
  return isMessage(value) || (value.length === 1 && isMessage(value[0]));
}

function isMessage(value: unknown): boolean {
  return Array.isArray(value) && isRecord(value[0]) && "from" in value[0];
}
