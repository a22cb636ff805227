import { z } from "zod";

const occurring = z.array(z.object({ value: z.string(), cases: z.int().nonnegative() }));

/** What cases can be narrowed to: the values that occur, with how many cases have each. */
export const caseValuesSchema = z.object({
  kind: occurring,
  modality: occurring,
  view: occurring,
  organ: occurring,
  label: occurring,
  corpus: occurring,
});
export type CaseValues = z.infer<typeof caseValuesSchema>;
