import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingPlan } from "#training";

type Checkpoints = TrainingPlan["stages"][number]["checkpoints"];

/** The newest whole checkpoint of a stage, by its absolute path; undefined where there is none. */
export async function newestCheckpoint(
  folder: string,
  { folder: inside, prefix, mark }: Checkpoints,
): Promise<string | undefined> {
  const place = join(folder, inside);
  const names = await readdir(place).catch(() => []);
  const numbered = names.flatMap((name) => {
    const digits = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    return /^\d{1,12}$/.test(digits) ? [{ path: join(place, name), number: Number(digits) }] : [];
  });
  for (const { path } of numbered.toSorted((a, b) => b.number - a.number)) {
    // A trainer that was killed while it wrote leaves one without its last file.
    if (mark === undefined || (await stat(join(path, mark)).catch(() => undefined))) return path;
  }
  return undefined;
}
