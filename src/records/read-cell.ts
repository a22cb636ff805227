/** A cell as evidence may hold it. */
export type Cell = string | number | boolean | null;

/**
 * A value of a database as a cell: whole numbers beyond 2⁵³ and numbers that JSON lacks become words, bytes become their number, a
 * text beyond `most` characters is cut and says how long it is.
 */
export function readCell(value: unknown, most: number): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : cutText(String(value), most);
  }
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  return cutText(String(value), most);
}

/** Never cuts a character in two. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "")}… (${text.length} characters)`;
}
