import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeDrawnRun } from "../../../test/support/run-folder.ts";
import { changeRunFile, lockScores, withOwn } from "./change-run-file.ts";
import { readRunFile } from "./run-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-run-file-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("keeps what several shards tell of themselves at once, each twice", async () => {
  const { starts } = await writeDrawnRun(folder, { samples: 3, conditions: ["zero-shot"] });
  const shards = Array.from({ length: 8 }, (_, index) => `${index + 1}/8`);
  const tell = (shard: string) =>
    changeRunFile(folder, (now) => ({
      ...now!,
      starts: withOwn(now?.starts, [{ ...starts[0]!, shard }], (one) => `${one.at} ${one.shard}`),
    }));
  await Promise.all([...shards, ...shards].map(tell));
  const told = (await readRunFile(folder)).starts.map(({ shard }) => shard);
  expect(told.toSorted()).toEqual([...shards, null].toSorted());
  expect((await readdir(folder)).filter((name) => name.endsWith(".lock"))).toEqual([]);
});

it("waits for another that scores, until the command is stopped", async () => {
  const first = await lockScores(folder);
  const second = lockScores(folder);
  const stopping = new AbortController();
  const third = lockScores(folder, stopping.signal);
  stopping.abort(new Error("stopped"));
  await expect(third).rejects.toThrow("stopped");
  await first[Symbol.asyncDispose]();
  await (await second)[Symbol.asyncDispose]();
});
