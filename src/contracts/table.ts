import { z } from "zod";

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What a query of a patient record's database gave. Each row has a cell a column. */
export const tableSchema = z.object({
  /** The database's name, without its folder. */
  database: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(cellSchema)),
  /** Whether there were more rows than are held. */
  truncated: z.boolean(),
});
export type Table = z.infer<typeof tableSchema>;
