import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { prepareDemo } from "./index.ts";

it("builds an outdated demo anew, keeps the rounds that were asked on it, and leaves nothing beside it", async () => {
  const parent = await mkdtemp(join(tmpdir(), "medrounds-demo-test-"));
  try {
    const folder = join(parent, "demo");
    const journal = join(folder, "rounds", "a-round", "events.jsonl");
    await mkdir(join(folder, "rounds", "a-round"), { recursive: true });
    await writeFile(journal, "{}\n");
    await writeFile(join(folder, "library.json"), '{ "schema": 1, "embedders": [], "corpora": ["demo"] }');
    expect((await prepareDemo({ folder })).built).toBe(true);
    expect(await readFile(journal, "utf8")).toBe("{}\n");
    expect((await prepareDemo({ folder })).built).toBe(false);
    expect(await readdir(parent)).toEqual(["demo"]);
  } finally {
    await rm(parent, { recursive: true });
  }
});
