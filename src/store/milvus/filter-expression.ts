import type { Filter } from "../collection.ts";
import { columnValue } from "./long-text.ts";

/**
 * A filter as a boolean expression of Milvus, or the constant that it comes down to, for which Milvus has no expression of
 * its own. Column names are ours, never a user's; values are quoted. Values, like the columns, are those of `columnValue`.
 */
export function filterExpression(filter: Filter): string | boolean {
  switch (filter.type) {
    case "equals":
      return `${filter.column} == ${quote(filter.value)}`;
    case "one-of":
      return filter.values.length > 0 && `${filter.column} in [${filter.values.map(quote).join(",")}]`;
    case "not": {
      const inner = filterExpression(filter.filter);
      return typeof inner === "boolean" ? !inner : `not (${inner})`;
    }
    case "all":
      return combine(filter.filters, "and");
    case "any":
      return combine(filter.filters, "or");
  }
}

/** `deciding` is the constant that settles the whole; the other one changes nothing. */
function combine(filters: readonly Filter[], operator: "and" | "or"): string | boolean {
  const deciding = operator === "or";
  const parts = filters.map(filterExpression);
  if (parts.includes(deciding)) return deciding;
  const open = parts.filter((part) => typeof part === "string");
  return open.length === 0 ? !deciding : open.map((part) => `(${part})`).join(` ${operator} `);
}

/** A value as a string literal: https://milvus.io/docs/boolean.md; a literal may hold anything but its quote, `\` and line ends. */
function quote(value: string): string {
  return quoteStored(columnValue(value));
}

/** The literal of a value as it stands in a column. */
export function quoteStored(value: string): string {
  return `"${value.replace(/["\\\n\r]/g, (sign) => escapes[sign] ?? sign)}"`;
}

const escapes: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
