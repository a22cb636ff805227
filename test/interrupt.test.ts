import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLibraryAt } from "#assembly";
import { makeFolder, removeFolder, runCli, writeManifest } from "./support/run-cli.ts";

const documents = 20_000;
const cases = 100;
const passagesOfLongDocument = 4;

let folder: string;
let library: string;

beforeAll(async () => {
  folder = await makeFolder("interrupt");
  library = join(folder, "library");
  const sentence = "The lung has lobes, the lobes have segments, and each has its own bronchus. ";
  const rows = Array.from({ length: documents }, (_, n) => [
    { id: `t${n}`, text: n % 500 === 0 ? `Long ${n}. ${sentence.repeat(50)}` : `Passage ${n} on lungs.` },
    ...(n % (documents / cases) === 0 ? [{ id: `c${n}`, file: `${n}.png`, labels: ["Mass"] }] : []),
  ]);
  await writeManifest(join(folder, "files"), rows.flat());
});
afterAll(() => removeFolder(folder));

const add = (kill?: { signal: "SIGINT" | "SIGKILL"; after: number }) =>
  runCli(["library", "add", "files", "--library", "library"], { cwd: folder, ...(kill ? { kill } : {}) });

/** How many passages each document has, and each case; the library must open for it. */
async function readCounts(): Promise<{ passages: Map<string, number>; cases: Map<string, number> }> {
  using opened = await openLibraryAt(library, { create: true });
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
function expectNothingHalf(counts: Awaited<ReturnType<typeof readCounts>>): void {
  for (const [document, passages] of counts.passages) {
    const isLong = Number(/\d+$/.exec(document)?.[0]) % 500 === 0;
    if (passages !== (isLong ? passagesOfLongDocument : 1)) expect.fail(`${document}: ${passages} passages`);
  }
  for (const [id, times] of counts.cases) expect(times, id).toBe(1);
}

async function expectComplete(): Promise<void> {
  const counts = await readCounts();
  expect([counts.passages.size, counts.cases.size]).toEqual([documents, cases]);
  expectNothingHalf(counts);
}

describe("an addition", () => {
  let milliseconds: number;
  beforeAll(async () => {
    const began = performance.now();
    expect((await add()).code).toBe(0);
    milliseconds = performance.now() - began;
  });

  it("adds all, and a second time nothing", async () => {
    await expectComplete();
    const { code, stdout } = await add();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Added nothing .*\nAlready there: 100 cases and 20000 documents\.\n$/);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGINT", 130],
    ["SIGINT", 130],
    ["SIGINT", 130],
    ["SIGINT", 130],
    ["SIGKILL", 137],
    ["SIGKILL", 137],
  ] as const)(
    "ended by %s leaves a library that opens with nothing half; the next completes it",
    async (signal, exit) => {
      await removeFolder(library);
      const after = milliseconds * (0.1 + 0.6 * Math.random());
      const { code, stderr } = await add({ signal, after });
      // Late enough, all was read before the signal came, and the addition ends well.
      if (code === 0) await expectComplete();
      else expect(code, `${signal} after ${after.toFixed(0)} of ${milliseconds.toFixed(0)} ms`).toBe(exit);
      expect(stderr).not.toMatch(/^ +at /m);
      expectNothingHalf(await readCounts());
      expect((await add()).code).toBe(0);
      await expectComplete();
    },
  );
});
