import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isRemovalPending } from "../remove-mark.ts";
import { readLockState } from "../writer-lock.ts";
import type { ProblemList } from "./problems.ts";

/** Looks for the writer's lock, for a removal that was cut short, and for what interrupted writes left beside the manifest. */
export async function checkFiles(folder: string, problems: ProblemList): Promise<void> {
  const state = await readLockState(folder);
  if (state !== "free") problems.note(state === "held" ? "lock-held" : "lock-stale");
  if (state !== "held" && (await isRemovalPending(folder))) problems.note("removal-pending");
  for (const name of await readdir(folder).catch(() => [])) {
    const isLeft = /^(library\.json|similarity\.json|cases\.snapshot)\..+\.part$|^writer\.lock\../.test(name);
    if (isLeft && state !== "held") problems.note("part-left", join(folder, name));
  }
}
