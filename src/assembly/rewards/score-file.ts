import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { MedRoundsError } from "#contracts";
import type { Library } from "#library";
import { fileError, readJsonLines, writeError } from "#platform";
import type { OffsetUnit } from "./environment-spans.ts";
import { openRewards, type RewardChoice } from "./open-rewards.ts";
import type { ItemScore } from "./reward-scorer.ts";

/** What scoring a file came to. */
export type FileScores = {
  profile: string;
  version: string;
  configurationHash: string;
  items: number;
  /** Of those that have a total; null where none has. */
  mean: number | null;
  /** Without a total. */
  missing: number;
  /** How many items each reward applies to, and the mean of its values there, by its name. */
  components: Readonly<Record<string, { applicable: number; mean: number | null; weight: number }>>;
  flags: Readonly<Record<string, number>>;
};

/** Lines that are scored at once. */
const linesAtOnce = 256;

/**
 * Scores a file of JSON lines, an item each, in constant memory; a line that can't be read has an entry of its own. With `out` a line with
 * the score is written for each. Throws `path-occupied` where that is there, what `openRewards` throws, and the errors of reading and
 * writing.
 */
export async function scoreFile(request: {
  file: string;
  out?: string | undefined;
  choice: RewardChoice;
  library?: Library | undefined;
  weights?: Readonly<Record<string, number>> | undefined;
  offsets?: OffsetUnit | undefined;
  onProgress?: ((progress: { items: number; share: number; refused: number }) => void) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<FileScores> {
  const { file, out, choice, library, weights, offsets, onProgress, signal } = request;
  const size = await fileSize(file);
  const { scorer, grammar } = await openRewards({ ...choice, library, ...(signal ? { signal } : {}) });
  const score = (items: readonly unknown[]) => scorer.score({ items, weights, grammar, offsets, signal });
  const { profile, version, configurationHash } = await score([]);
  await using output = out === undefined ? undefined : await openOutput(out);
  const sums = createSums();
  let batch: unknown[] = [];
  const flush = async () => {
    const { items } = await score(batch);
    for (const item of items) sums.add(item);
    const lines = items.map((item) => `${JSON.stringify(item)}\n`).join("");
    await output?.appendFile(lines).catch((error: unknown) => {
      throw writeError(error, out ?? "");
    });
    batch = [];
  };
  for await (const line of readJsonLines(file, signal)) {
    batch.push(line.type === "object" ? line.value : null);
    if (batch.length < linesAtOnce) continue;
    await flush();
    onProgress?.({ items: sums.items, share: Math.min(1, line.bytes / size), refused: sums.missing });
  }
  await flush();
  return { profile, version, configurationHash, ...sums.read() };
}

function createSums() {
  let items = 0;
  let missing = 0;
  let sum = 0;
  const components: Record<string, { applicable: number; sum: number; weight: number }> = {};
  const flags: Record<string, number> = {};
  return {
    get items() {
      return items;
    },
    get missing() {
      return missing;
    },
    add(item: ItemScore) {
      items++;
      if (item.total === null) missing++;
      else sum += item.total;
      for (const flag of item.flags) flags[flag] = (flags[flag] ?? 0) + 1;
      for (const [name, { value, weight }] of Object.entries(item.components)) {
        components[name] ??= { applicable: 0, sum: 0, weight };
        if (value === null) continue;
        components[name].applicable++;
        components[name].sum += value;
      }
    },
    read() {
      const mean = (total: number, count: number) => (count === 0 ? null : total / count);
      const means = Object.entries(components).map(([name, { applicable, sum: total, weight }]) => {
        return [name, { applicable, mean: mean(total, applicable), weight }] as const;
      });
      return {
        items,
        mean: mean(sum, items - missing),
        missing,
        components: Object.fromEntries(means),
        flags,
      };
    },
  };
}

async function fileSize(file: string): Promise<number> {
  try {
    await using handle = await open(file);
    return Math.max(1, (await handle.stat()).size);
  } catch (error) {
    throw fileError(error, file);
  }
}

async function openOutput(file: string): Promise<FileHandle> {
  return open(file, "wx").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw writeError(error, file);
    throw new MedRoundsError("path-occupied", `${basename(file)} is there already.`, { path: file });
  });
}
