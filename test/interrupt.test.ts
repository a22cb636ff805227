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
  using opened = await openLibraryAt(library);
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
async function expectNothingHalf(): Promise<number> {
  const counts = await readCounts();
  for (const [document, passages] of counts.passages) {
    const isLong = Number(/\d+$/.exec(document)?.[0]) % 500 === 0;
    if (isLong) expect(passages, document).toBe(passagesOfLongDocument);
    else expect(passages, document).toBe(1);
  }
  for (const [id, times] of counts.cases) expect(times, id).toBe(1);
  return counts.passages.size;
}

describe("an interrupted addition", () => {
  it("ends with 130 at any moment, and the library opens and holds each document whole, once or not at all", async () => {
    let before = 0;
    for (let attempt = 0; attempt < 5; attempt++) {
      const after = 150 + Math.random() * 700;
      const { code, stdout, stderr } = await add({ signal: "SIGINT", after });
      expect(code, `SIGINT after ${after.toFixed(0)} ms: ${stdout}${stderr}`).toBe(130);
      expect(stderr).not.toContain("    at ");
      const now = await expectNothingHalf();
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
  });

  it("leaves a library that opens even when it is killed", async () => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const after = 250 + Math.random() * 700;
      const { code } = await add({ signal: "SIGKILL", after });
      expect(code, `SIGKILL after ${after.toFixed(0)} ms`).toBe(137);
      await expectNothingHalf();
    }
  });

  it("is completed by running it again, and a second time adds nothing", async () => {
    expect((await add()).code).toBe(0);
    const counts = await readCounts();
    expect([counts.passages.size, counts.cases.size]).toEqual([documents, cases]);
    await expectNothingHalf();
    const again = await add();
    expect(again.stdout).toMatch(/^Added nothing .*\nAlready there: 100 cases and 20000 documents\.\n$/);
  });
});
