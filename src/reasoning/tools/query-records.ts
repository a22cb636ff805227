import { z } from "zod";
import { MedRoundsError } from "#contracts";
import type { Tool } from "./tool.ts";

const words = z.string().trim().min(1);
const input = z
  .object({
    sql: words.optional().describe("One SELECT."),
    describe: words.optional().describe("Instead: the name of a table whose columns are wanted."),
  })
  .refine(({ sql, describe }) => (sql === undefined) !== (describe === undefined));

/** The query is SQL, or `describe TABLE`. The rows of all patients can be read: nothing restricts a query to the question's. */
export const queryRecords: Tool = {
  name: "query_records",
  description:
    "Reads a database of patient records by SQL, 100 rows at most. Returns the rows as numbered evidence; cite them as [number].",
  inputSchema: z.toJSONSchema(input),
  readQuery(value) {
    const { data } = input.safeParse(value);
    return data?.sql ?? (data && `describe ${data.describe}`);
  },
  async run(query, { library, signal }) {
    if (!library.queryRecords) {
      throw new MedRoundsError("records-missing", "No database of patient records is named.");
    }
    const table = await library.queryRecords({ query, signal });
    return { type: "rows", hits: [table], searched: table.rows.length };
  },
};
