import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockForWriting } from "./writer-lock.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-lock-"));
  file = join(folder, "writer.lock");
});
afterEach(() => rm(folder, { recursive: true }));

const leave = (owner: object) => writeFile(file, JSON.stringify(owner));
const here = { host: hostname() };

describe("the lock of a library's writer", () => {
  it("is held by one at a time and leaves nothing behind", async () => {
    {
      await using _lock = await lockForWriting(folder);
      await expect(lockForWriting(folder)).rejects.toMatchObject({ code: "library-busy" });
    }
    await using _again = await lockForWriting(folder);
    expect(await readdir(folder)).toEqual(["writer.lock"]);
  });

  it("of a running process names the process, its host and the file", async () => {
    await leave({ ...here, id: process.ppid });
    await expect(lockForWriting(folder)).rejects.toMatchObject({
      code: "library-busy",
      message: `Process ${process.ppid} on ${hostname()} is writing to this library (lock file ${file}).`,
      facts: { process: process.ppid, host: hostname(), file },
    });
  });

  it.each([
    ["of a process that has ended", { id: 999_999_999 }],
    ["whose owner was killed before it wrote its name", null],
  ])("%s is taken over", async (_, owner) => {
    await writeFile(file, owner === null ? "" : JSON.stringify({ ...here, ...owner }));
    await utimes(file, 0, 0);
    await using _lock = await lockForWriting(folder);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ id: process.pid });
    expect(await readdir(folder)).toEqual(["writer.lock"]);
  });

  it("whose process id belongs to another process now is taken over", async ({ skip }) => {
    if (!existsSync("/proc/self/stat")) skip("this system does not tell when a process started");
    for (const id of [1, process.pid]) {
      await leave({ ...here, id, started: "1" });
      await using _lock = await lockForWriting(folder);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it("of another host is never taken over", async () => {
    await leave({ id: 999_999_999, host: "elsewhere.invalid" });
    await expect(lockForWriting(folder)).rejects.toMatchObject({ facts: { host: "elsewhere.invalid" } });
  });

  it("that another took over in the meantime is not removed", async () => {
    {
      await using _lock = await lockForWriting(folder);
      await leave({ ...here, id: process.ppid });
    }
    expect(await readdir(folder)).toEqual(["writer.lock"]);
  });

  it("that two take over at once is given to one of them at most", async () => {
    await leave({ ...here, id: 999_999_999 });
    const taking = lockForWriting(folder);
    // The other command, which saw the same dead lock, puts its own in the place of this one's.
    await expect.poll(() => readFile(file, "utf8"), { interval: 5 }).toContain("token");
    await leave({ ...here, id: process.ppid });
    await expect(taking).rejects.toMatchObject({ facts: { process: process.ppid } });
  });

  it("in a place that can't be written says so", async () => {
    await writeFile(join(folder, "a.txt"), "");
    await expect(lockForWriting(join(folder, "a.txt"))).rejects.toMatchObject({ code: "path-unwritable" });
  });
});
