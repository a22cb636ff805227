import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { examineLibraryAt, openLibraryAt } from "../../src/assembly/index.ts";
import { createRandom } from "../../src/statistics/index.ts";
import { removeFolder, runCli, writeManifest } from "./run-cli.ts";

/** Where a command is ended: while it adds rows, builds indexes, compacts files, or removes a corpus. */
export type Phase = "ingest" | "index build" | "compaction" | "removal";

export type Strike = { phase: Phase; signal: "SIGINT" | "SIGKILL"; seed: number };

const documents = 10_000;
const cases = 100;
const longEvery = 500;
const passagesOfLongDocument = 4;
const otherDocuments = 10;

/** Seeds that are new each time, and printed in the tests' names; MEDROUNDS_TEST_SEED=N repeats one. */
export function strikes(wanted: readonly Omit<Strike, "seed">[]): Strike[] {
  const { MEDROUNDS_TEST_SEED } = process.env;
  const first = Date.now() % 1_000_000;
  return wanted.map((strike, index) => ({ ...strike, seed: Number(MEDROUNDS_TEST_SEED ?? first + index) }));
}

export type KillSeries = {
  /**
   * Ends a command in its midst, looks at what it left, and expects that running it again completes it. Resolves to whether the command
   * was ended before it was done.
   */
  strike(strike: Strike): Promise<boolean>;
  /** Adds all to an empty library; a second time, nothing is left to add. */
  addTwice(): Promise<void>;
};

/** Prepares files to add and a complete library in a folder, and measures how long the phases of a command are. */
export async function openKillSeries(folder: string): Promise<KillSeries> {
  await writeFiles(folder);
  const template = join(folder, "template");
  const place = join(folder, "library");
  const table = join(place, "lance/passages.lance");
  const has = async (path: string, entries: number) =>
    (await readdir(join(table, path)).catch(() => [])).length >= entries;
  /** What can be seen on the disk when a phase begins; the terms and three keys of passages are indexed. */
  const begins: Record<Phase, () => Promise<boolean>> = {
    ingest: () => has("data", 1),
    "index build": () => has("_indices", 1),
    compaction: () => has("_indices", 4),
    removal: async () => true,
  };
  const run = (args: readonly string[], kill?: NonNullable<Parameters<typeof runCli>[1]["kill"]>) =>
    runCli(["library", ...args, "--library", "library"], { cwd: folder, ...(kill ? { kill } : {}) });
  const commands: Record<Phase, readonly string[]> = {
    ingest: ["add", "files"],
    "index build": ["add", "files"],
    compaction: ["add", "files"],
    removal: ["remove", "--corpus", "files", "--yes"],
  };

  const prepare = async (phase: Phase) => {
    await removeFolder(place);
    if (phase === "removal") await cp(template, place, { recursive: true });
  };
  const lengths = await measure();

  async function measure(): Promise<Record<Phase, number>> {
    const starts = watch(begins);
    expect((await run(commands.ingest)).code).toBe(0);
    const ended = performance.now();
    const { ingest, "index build": index, compaction } = await starts.end();
    await expectComplete(place);
    expect((await run(["add", "other"])).code).toBe(0);
    await cp(place, template, { recursive: true });
    const began = performance.now();
    expect((await run(commands.removal)).code).toBe(0);
    await expectRemoved(place);
    return {
      ingest: index - ingest,
      "index build": compaction - index,
      compaction: ended - compaction,
      removal: performance.now() - began,
    };
  }

  return {
    async strike({ phase, signal, seed }) {
      await prepare(phase);
      const after = lengths[phase] * createRandom(seed)();
      const { code, stderr } = await run(commands[phase], { signal, after, once: begins[phase] });
      const moment = `${after.toFixed(0)} ms of ${lengths[phase].toFixed(0)} into ${phase}`;
      // Late enough, the command ends well.
      expect([0, signal === "SIGKILL" ? 137 : 130], moment).toContain(code);
      expect(stderr).not.toMatch(/^ +at /m);
      await expectSound(place, moment);
      expectNothingHalf(await readCounts(place), moment);

      const again = await run(commands[phase]);
      if (phase === "removal") {
        if (again.code !== 0) expect(again.stderr, moment).toContain("(entry-missing)");
        await expectRemoved(place);
      } else {
        expect(again, moment).toMatchObject({ code: 0 });
        await expectComplete(place);
      }
      await expectSound(place, moment, ["part-left"]);
      return code !== 0;
    },
    async addTwice() {
      await prepare("ingest");
      expect((await run(commands.ingest)).code).toBe(0);
      await expectComplete(place);
      const { code, stdout } = await run(commands.ingest);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Added nothing .*\n/);
      expect(stdout).toContain(`Already there: ${cases} cases and ${documents} documents.\n`);
    },
  };
}

async function writeFiles(folder: string): Promise<void> {
  const sentence = "The lung has lobes, the lobes have segments, and each has its own bronchus. ";
  const rows = Array.from({ length: documents }, (_, n) => [
    {
      id: `t${n}`,
      text: n % longEvery === 0 ? `Long ${n}. ${sentence.repeat(50)}` : `Passage ${n} on lungs.`,
    },
    ...(n % (documents / cases) === 0 ? [{ id: `c${n}`, file: `${n}.png`, labels: ["Mass"] }] : []),
  ]);
  await writeManifest(join(folder, "files"), rows.flat());
  const others = Array.from({ length: otherDocuments }, (_, n) => ({
    id: `o${n}`,
    text: `Another text ${n}.`,
  }));
  await writeManifest(join(folder, "other"), others);
}

/** Notes when each phase is seen to begin, until it is ended. */
function watch(begins: Record<Phase, () => Promise<boolean>>): { end(): Promise<Record<Phase, number>> } {
  const seen = new Map<string, number>();
  const ending = new AbortController();
  const watching = (async () => {
    while (!ending.signal.aborted) {
      for (const [phase, hasBegun] of Object.entries(begins)) {
        if (!seen.has(phase) && (await hasBegun())) seen.set(phase, performance.now());
      }
      await pause(5);
    }
  })();
  return {
    async end() {
      ending.abort();
      await watching;
      expect([...seen.keys()].toSorted()).toEqual(Object.keys(begins).toSorted());
      return Object.fromEntries(seen) as Record<Phase, number>;
    },
  };
}

type Counts = { passages: Map<string, number>; cases: Map<string, number> };

/** How many passages each document has, and each case; the library must open for it. */
async function readCounts(place: string): Promise<Counts> {
  using opened = await openLibraryAt(place, { create: true });
  const all = { type: "all", filters: [] } as const;
  const passages = await opened.passages.find({ filter: all, columns: ["document"] });
  const found = await opened.cases.find({ filter: all, columns: [] });
  return {
    passages: tally(passages.map((row) => row.document ?? "")),
    cases: tally(found.map((row) => row.id)),
  };
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Each document whole or not at all, and nothing twice. */
function expectNothingHalf(counts: Counts, moment: string): void {
  for (const [document, passages] of counts.passages) {
    const isLong = /\/t\d+$/.test(document) && Number(/\d+$/.exec(document)?.[0]) % longEvery === 0;
    if (passages !== (isLong ? passagesOfLongDocument : 1)) {
      expect.fail(`${document}: ${passages} passages, ${moment}`);
    }
  }
  for (const [id, times] of counts.cases) expect(times, `${id}, ${moment}`).toBe(1);
}

async function expectComplete(place: string): Promise<void> {
  const counts = await readCounts(place);
  expect([counts.passages.size, counts.cases.size]).toEqual([documents, cases]);
  expectNothingHalf(counts, "after completion");
}

/** The corpus has gone with its images, and the other one is as it was. */
async function expectRemoved(place: string): Promise<void> {
  const counts = await readCounts(place);
  expect([counts.passages.size, counts.cases.size]).toEqual([otherDocuments, 0]);
  const images = await readdir(join(place, "images"), { recursive: true });
  expect(images.filter((name) => name.includes("."))).toEqual([]);
  expect((await examineLibraryAt({ folder: place })).corpora).toEqual([
    { name: "other", passages: otherDocuments, cases: 0 },
  ]);
}

/** The doctor finds nothing broken, and of left-overs only what is allowed. */
async function expectSound(place: string, moment: string, allowed?: readonly string[]): Promise<void> {
  const { sound, problems } = await examineLibraryAt({ folder: place });
  expect(sound, `${moment}: ${JSON.stringify(problems)}`).toBe(true);
  if (allowed) expect(problems.filter(({ kind }) => !allowed.includes(kind))).toEqual([]);
}
