import { MedRoundsError } from "#contracts";
import type { Chunking } from "./chunking.ts";
import { chunkings } from "./list.ts";

/** The rule of a name. Throws `usage-invalid`, which lists the names, where there is none. */
export function chunkingNamed(name: string): Chunking {
  const found = chunkings.find((chunking) => chunking.name === name);
  if (found) return found;
  const names = chunkings.map((chunking) => chunking.name).join(", ");
  throw new MedRoundsError("usage-invalid", `There is no chunking of that name; there are: ${names}.`);
}
