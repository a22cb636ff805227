import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openKeyFile } from "./key-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-key-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("openKeyFile", () => {
  it("makes a key of 32 bytes that only the owner reads, and gives it again", async () => {
    const file = join(folder, "deep", "key");
    const key = await openKeyFile(file);
    expect(key).toHaveLength(32);
    expect(await openKeyFile(file)).toEqual(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("takes the rights of others away from a key that they could read", async () => {
    const file = join(folder, "key");
    await writeFile(file, `${"ab".repeat(32)}\n`, { mode: 0o644 });
    expect(await openKeyFile(file)).toEqual(Buffer.alloc(32, 0xab));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("gives all who make it at once the same key, and leaves nothing beside it", async () => {
    const file = join(folder, "key");
    const keys = await Promise.all(Array.from({ length: 8 }, () => openKeyFile(file)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size).toBe(1);
    expect(await readdir(folder)).toEqual(["key"]);
  });

  it("refuses a file that holds something else", async () => {
    const file = join(folder, "key");
    await writeFile(file, "secret");
    await expect(openKeyFile(file)).rejects.toMatchObject({ code: "key-invalid" });
  });
});
