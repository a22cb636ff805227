import { MedRoundsError } from "#contracts";

/**
 * Completions with their columns, as TRL and ms-swift hand them to a reward function, as items. A row's id is in the column `id` or `qid`,
 * else it is its place. Throws `request-invalid` where a column has not one value for each completion.
 */
export function itemsOfColumns(
  completions: readonly unknown[],
  columns: Readonly<Record<string, readonly unknown[]>>,
): Record<string, unknown>[] {
  const entries = Object.entries(columns);
  for (const [name, values] of entries) {
    if (values.length === completions.length) continue;
    const message = `The column ${name.slice(0, 80)} has ${values.length} values for ${completions.length} completions.`;
    throw new MedRoundsError("request-invalid", message, { field: "columns" });
  }
  return completions.map((completion, index) => {
    const row = Object.fromEntries(entries.map(([name, values]) => [name, values[index]]));
    // A column of that name is the data set's prompt, not what is to be scored.
    return { ...row, id: row.id ?? row.qid ?? index, completion, messages: undefined };
  });
}
