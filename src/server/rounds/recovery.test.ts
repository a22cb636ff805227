import { access, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roundEventSchema } from "#contracts";
import { markRunning, recoverRounds } from "./recovery.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-recovery-"));
});
afterEach(() => rm(folder, { recursive: true }));

const step = { roundId: "r", sequence: 0, at: 5, type: "step-start", step: 0 };
const end = {
  ...step,
  sequence: 1,
  type: "round-end",
  outcome: "answered",
  transcript: { text: "x", environment: [] },
};

/** A round that was running in this process id's last life. */
async function leave(id: string, journal: string): Promise<string> {
  await mkdir(join(folder, id));
  await markRunning(folder, id);
  await writeFile(join(folder, id, "events.jsonl"), journal);
  return join(folder, id, "events.jsonl");
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe("rounds that a killed server left", () => {
  it.each(["", '{"roundId":"r","sequence":1,"at'])(
    "end as interrupted, half a line (%j) dropped",
    async (half) => {
      const file = await leave("r", `${JSON.stringify(step)}\n${half}`);
      await recoverRounds(folder);
      const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
      const events = lines.map((line) => roundEventSchema.parse(JSON.parse(line)));
      expect(events).toMatchObject([
        step,
        { sequence: 1, at: 5, type: "failure", step: null, failure: { code: "interrupted" } },
        { sequence: 2, at: 5, type: "round-end", outcome: "interrupted" },
      ]);
      await recoverRounds(folder);
      expect((await readFile(file, "utf8")).trimEnd().split("\n")).toEqual(lines);
    },
  );

  it("stay as they are where they had ended", async () => {
    const journal = `${JSON.stringify(step)}\n${JSON.stringify(end)}\n`;
    const file = await leave("r", journal);
    await recoverRounds(folder);
    expect(await readFile(file, "utf8")).toBe(journal);
    expect(await isThere(join(folder, "running/r"))).toBe(false);
  });

  it("are forgotten where they had not begun", async () => {
    await leave("r", "");
    await markRunning(folder, "never-made");
    await recoverRounds(folder);
    expect(await isThere(join(folder, "r"))).toBe(false);
    expect(await isThere(join(folder, "running/never-made"))).toBe(false);
  });

  it("are left alone where another server still runs them", async () => {
    const file = await leave("r", `${JSON.stringify(step)}\n`);
    await writeFile(join(folder, "running/r"), JSON.stringify({ id: process.ppid }));
    await recoverRounds(folder);
    expect(await readFile(file, "utf8")).toBe(`${JSON.stringify(step)}\n`);
  });

  it("are none in a folder that is not there yet", async () => {
    await recoverRounds(join(folder, "none"));
    expect(await isThere(join(folder, "none"))).toBe(false);
  });
});
