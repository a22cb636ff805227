import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { containedPath, writeFileAtomically } from "./index.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-files-")));
});
afterEach(() => rm(folder, { recursive: true }));

describe("writeFileAtomically", () => {
  it("makes missing folders, replaces the file and leaves nothing else behind", async () => {
    const file = join(folder, "a", "b.txt");
    await writeFileAtomically(file, "one");
    await writeFileAtomically(file, "two");
    expect(await readFile(file, "utf8")).toBe("two");
    expect(await readdir(join(folder, "a"))).toEqual(["b.txt"]);
  });
});

describe("containedPath", () => {
  it("accepts a file inside, whatever dots its name has", async () => {
    await mkdir(join(folder, "in"));
    await writeFile(join(folder, "in", "..x.png"), "");
    expect(await containedPath(folder, "in/..x.png")).toBe(join(folder, "in", "..x.png"));
  });

  it.each(["../secret", "in/../../secret", "/etc/hostname", "."])("refuses %s", async (path) => {
    await expect(containedPath(folder, path)).rejects.toMatchObject({ code: "file-outside-folder" });
  });

  it("refuses a link that leads out of the folder", async () => {
    await symlink("/etc/hostname", join(folder, "link.png"));
    await expect(containedPath(folder, "link.png")).rejects.toMatchObject({ code: "file-outside-folder" });
  });

  it("says that a file is missing", async () => {
    await expect(containedPath(folder, "none.png")).rejects.toMatchObject({ code: "path-missing" });
  });
});
