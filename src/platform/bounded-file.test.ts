import { execFileSync } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { readBoundedFile } from "./index.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-bounded-"));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (content: string) => {
  await writeFile(join(folder, "a.txt"), content);
  return join(folder, "a.txt");
};

describe("reading a bounded file", () => {
  it("gives a regular file whole, also through a link, up to the limit", async () => {
    const file = await put("12345");
    await symlink(file, join(folder, "link"));
    expect(Buffer.from(await readBoundedFile(file, { limit: 5 })).toString()).toBe("12345");
    expect(await readBoundedFile(join(folder, "link"))).toHaveLength(5);
  });

  it("refuses a file over the limit with its size", async () => {
    await expect(readBoundedFile(await put("123456"), { limit: 5 })).rejects.toMatchObject({
      code: "file-too-large",
      facts: { bytes: 6, limit: 5 },
    });
  });

  it("refuses a folder, and says what is missing", async () => {
    await expect(readBoundedFile(folder)).rejects.toMatchObject({ code: "path-not-file" });
    for (const name of ["none", "nul\0", "x".repeat(5_000)]) {
      await expect(readBoundedFile(join(folder, name))).rejects.toMatchObject({ code: "path-missing" });
    }
  });

  it.skipIf(process.platform === "win32")(
    "refuses a pipe and a device without waiting for them",
    async () => {
      execFileSync("sh", ["-c", 'mkfifo "$0"', join(folder, "pipe")]);
      for (const file of [join(folder, "pipe"), "/dev/zero"]) {
        await expect(readBoundedFile(file)).rejects.toMatchObject({ code: "path-not-file" });
      }
    },
  );

  it("ends with the reason of its signal", async () => {
    const file = await put("x".repeat(5_000_000));
    const reason = new MedRoundsError("interrupted", "It was interrupted.");
    await expect(readBoundedFile(file, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const reading = readBoundedFile(file, { signal: controller.signal });
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });
});
