import type { Filter } from "./collection.ts";

/** A filter as LanceDB's SQL. Column names are ours, never a user's; values are quoted. */
export function filterToSql(filter: Filter): string {
  switch (filter.type) {
    case "equals":
      return `\`${filter.column}\` = ${quote(filter.value)}`;
    case "one-of":
      return filter.values.length === 0
        ? "false"
        : `\`${filter.column}\` IN (${filter.values.map(quote).join(",")})`;
    case "not":
      return `NOT (${filterToSql(filter.filter)})`;
    case "all":
      return filter.filters.length === 0 ? "true" : join(filter.filters, " AND ");
    case "any":
      return filter.filters.length === 0 ? "false" : join(filter.filters, " OR ");
  }
}

function join(filters: readonly Filter[], operator: string): string {
  return filters.map((filter) => `(${filterToSql(filter)})`).join(operator);
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
