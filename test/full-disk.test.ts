import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { makeFolder, projectRoot, removeFolder } from "./support/run-cli.ts";

const documents = 4_000;
const run = promisify(execFile);

/** A disk of a few megabytes for one process and its children, which Linux gives to anyone in a namespace of their own. */
async function onSmallDisk(folder: string, script: string): Promise<string> {
  const { stdout } = await run("unshare", ["-Urm", "sh", "-c", script], { cwd: folder });
  return stdout;
}

const canMount = await onSmallDisk("/", "mount -t tmpfs tmpfs /mnt").then(
  () => true,
  () => false,
);

it.skipIf(!canMount).each(["1m", "2m", "3m"])(
  "an addition to a disk that is full at %s says so and leaves a sound library; with room, another completes it (skipped where no disk can be mounted)",
  async (size) => {
    const folder = await makeFolder("full-disk");
    await mkdir(join(folder, "disk"));
    const rows = Array.from({ length: documents }, (_, index) => {
      const words = Array.from({ length: 60 }, (_, place) => `w${(index * 7919 + place * 104_729) % 99_991}`);
      return JSON.stringify({ id: `d${index}`, text: words.join(" ") });
    });
    for (const part of [0, 1]) {
      await writeFile(join(folder, `part${part}.jsonl`), rows.filter((_, n) => n % 2 === part).join("\n"));
    }
    const medrounds = `${process.execPath} --conditions=medrounds-source ${projectRoot}/src/cli/main.ts`;
    const add = `${medrounds} library add part0.jsonl part1.jsonl --name notes --library disk/library --json`;
    const doctor = `${medrounds} library doctor --library disk/library --json`;
    const steps = [`mount -t tmpfs -o size=${size} tmpfs disk`, add, doctor];
    const moreRoom = ["mount -o remount,size=200m disk", add, doctor];
    const output = await onSmallDisk(folder, [...steps, ...moreRoom].join("; "));
    const [failed, sound, completed, whole] = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(failed).toMatchObject({ error: { code: "disk-full" } });
    expect(sound).toMatchObject({ sound: true });
    expect(completed.added.documents + completed.unchanged.documents).toBe(documents);
    expect(whole).toMatchObject({ sound: true, passages: documents, problems: [] });
    await removeFolder(folder);
  },
);
