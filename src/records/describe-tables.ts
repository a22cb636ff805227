import { MedRoundsError, type Table } from "#contracts";
import type { TableFacts } from "./engines/engine.ts";
import { quoteName } from "./engines/engine.ts";
import type { Records } from "./open-records.ts";

/** The tables of a database in words, a line each, names without line breaks and marks of tags, in at most `most` characters; what is left out is said. */
export function describeTables(tables: readonly TableFacts[], most = 6_000): string {
  const lines: string[] = [];
  let left = most;
  for (const table of tables) {
    const full = `${sayRows(table)}: ${table.columns.map(({ name, type }) => `${plainName(name)} ${plainName(type)}`.trim()).join(", ")}`;
    const line = full.length < left ? full : sayRows(table);
    if (line.length >= left) break;
    lines.push(line);
    left -= line.length + 1;
  }
  const unsaid = tables.length - lines.length;
  if (unsaid > 0) lines.push(`and ${unsaid} more`);
  return lines.join("\n");
}

function sayRows({ name, rows, moreRows }: TableFacts): string {
  return `${plainName(name)} (${rows} rows${moreRows ? " or more" : ""})`;
}

/** A name is the database's, and what stands in it is no word to a model. */
function plainName(name: string): string {
  return name.slice(0, 100).replaceAll(/[\s\p{Cc}<>]+/gu, " ");
}

/**
 * The columns of one table, a row each; with `samples` up to three values that stand in it. Throws `query-refused` where there is no such
 * table, and the errors of a query.
 */
export async function describeTable(
  records: Records,
  request: { table: string; samples: boolean; signal?: AbortSignal },
): Promise<Table> {
  const { samples, signal } = request;
  const wanted = request.table.replaceAll(/^["'`[]|["'`\];]+$/g, "").toLowerCase();
  const table = records.tables.find(({ name }) => name.toLowerCase() === wanted);
  if (!table) throw new MedRoundsError("query-refused", "The database has no table of that name.");
  const facts = table.columns.map(({ name, type }) => [name, type]);
  const described = { database: records.name, truncated: false };
  if (!samples) return { ...described, columns: ["column", "type"], rows: facts };
  const { rows } = await records.query(`SELECT * FROM ${writeName(table.name)} LIMIT 3`, signal);
  return {
    ...described,
    columns: ["column", "type", ...rows.map((_, index) => `sample ${index + 1}`)],
    rows: facts.map((fact, index) => [...fact, ...rows.map((row) => row[index] ?? null)]),
  };
}

/** A table outside of the main schema is named with its schema. */
function writeName(name: string): string {
  return name.split(".").map(quoteName).join(".");
}
