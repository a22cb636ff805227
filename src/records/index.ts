/**
 * Databases of patient records, SQLite and DuckDB, that can only be read: what tables they hold, and the rows of a query within limits.
 * Each runs in a process of its own. Not here: what a query is for, and who asks it. Imports contracts, platform.
 */
export { describeTable, describeTables } from "./describe-tables.ts";
export { openRecords, type Records } from "./open-records.ts";
