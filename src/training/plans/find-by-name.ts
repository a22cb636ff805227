import { MedRoundsError } from "#contracts";

/** The one of that name. Throws `usage-invalid`, which tells the names that there are. */
export function findByName<Named extends { name: string }>(
  list: readonly Named[],
  { name, what }: { name: string; what: string },
): Named {
  const found = list.find((one) => one.name === name);
  if (found) return found;
  const names = list.map((one) => one.name).join(", ");
  throw new MedRoundsError("usage-invalid", `There is no ${what} ${name}; there are ${names}.`, { name });
}
