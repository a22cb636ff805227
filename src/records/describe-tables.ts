import { MedRoundsError, type Table } from "#contracts";
import type { TableFacts } from "./engines/engine.ts";
import { quoteName } from "./engines/engine.ts";
import type { Records } from "./open-records.ts";

/**
 * The tables of a database in words, a line each, in at most `most` characters; what is left out is said. A model reads this before it
 * has asked anything, so only names that are identifiers stand here: others could say something, and come as rows when they are asked for.
 */
export function describeTables(tables: readonly TableFacts[], most = 6_000): string {
  const told = tables.filter(({ name }) => isPlainName(name));
  const others = tables.length - told.length;
  const lines: string[] = [];
  let left = most;
  for (const table of told) {
    const full = `${sayRows(table)}: ${sayColumns(table)}`;
    const line = full.length < left ? full : sayRows(table);
    if (line.length >= left) break;
    lines.push(line);
    left -= line.length + 1;
  }
  const unsaid = told.length - lines.length;
  if (unsaid > 0) lines.push(`and ${unsaid} more`);
  if (others > 0) lines.push(`and ${others} whose names are no identifiers; the database's catalog has them`);
  return lines.join("\n");
}

function sayRows({ name, rows, moreRows }: TableFacts): string {
  return `${name} (${rows} rows${moreRows ? " or more" : ""})`;
}

function sayColumns({ columns }: TableFacts): string {
  const told = columns.filter(({ name }) => isPlainName(name));
  const said = told.map(({ name, type }) => (plainType.test(type) ? `${name} ${type}` : name));
  const others = columns.length - told.length;
  return [...said, ...(others > 0 ? [`${others} of other names`] : [])].join(", ");
}

/** An identifier of at most 64 signs, also with its schema. */
function isPlainName(name: string): boolean {
  return /^[A-Za-z_][\w$]{0,63}(?:\.[A-Za-z_][\w$]{0,63}){0,2}$/.test(name);
}

/** SQLite takes any words for a type. */
const plainType =
  /^(?:TINY|SMALL|MEDIUM|BIG|HUGE|U)?(?:INT(?:EGER)?|TEXT|CLOB|BLOB|REAL|FLOAT|DOUBLE(?: PRECISION)?|NUMERIC|DECIMAL|BOOLEAN|DATE|TIME|DATETIME|TIMESTAMP(?: WITH TIME ZONE)?|INTERVAL|UUID|JSON|(?:N?VAR)?CHAR(?:ACTER)?)\d?(?:\(\d{1,5}(?:, ?\d{1,3})?\))?(?:\[\])?$/i;

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
