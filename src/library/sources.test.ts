import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newReport } from "./report.ts";
import { findSources } from "./sources.ts";

let base: string;
let root: string;
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), "medrounds-sources-")));
  root = join(base, "data");
  await mkdir(root);
});
afterEach(() => rm(base, { recursive: true }));

async function put(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(root, name, ".."), { recursive: true });
    await writeFile(join(root, name), "{}");
  }
}

async function find(corpus?: string) {
  const report = newReport();
  const sources = await findSources({ path: root, report, ...(corpus ? { corpus } : {}) });
  return {
    report,
    names: sources.map(({ folder, name }) => join(folder, name).slice(root.length + 1)),
    corpora: sources.map((source) => source.corpus),
    refused: report.refused.map(({ file, code, corpus: of }) => [file, code, of]),
  };
}

describe("the files below a folder", () => {
  it("come in order, without hidden ones, and those of unknown types are counted", async () => {
    await put("b.txt", "a/c.PNG", "a/d.jsonl.gz", ".hidden/e.txt", "node_modules/f.txt", "g.xyz", "LICENSE");
    const { names, report } = await find();
    expect(names).toEqual(["a/c.PNG", "a/d.jsonl.gz", "b.txt"]);
    expect(report.skipped).toEqual({ ".xyz": 1, "no extension": 1 });
  });

  it("are those that a manifest names alone, also where the manifest is a link inside the folder", async () => {
    await put("set/manifest-2.jsonl", "set/a.png", "b.png");
    await symlink("manifest-2.jsonl", join(root, "set/manifest.jsonl"));
    const { names, corpora } = await find();
    expect(names).toEqual(["b.png", "set/manifest.jsonl"]);
    expect(corpora).toEqual(["data", "set"]);
  });

  it("do not include a manifest that is a link to another folder, nor then what lies beside it", async () => {
    await writeFile(join(base, "outside.jsonl"), "{}");
    await put("set/a.png");
    await symlink(join(base, "outside.jsonl"), join(root, "set/manifest.jsonl"));
    const { names, refused } = await find();
    expect(names).toEqual([]);
    expect(refused).toEqual([["set/manifest.jsonl", "file-outside-folder", "data"]]);
  });

  it("do not include those of a library, which is noted", async () => {
    await put("a.txt", "lib/library.json", "lib/images/00/b.png");
    const { names, report } = await find();
    expect(names).toEqual(["a.txt"]);
    expect(report.notes).toEqual([{ file: "lib", note: "a library: passed over" }]);
    expect(report.skipped).toEqual({});
  });

  it.skipIf(process.getuid?.() === 0)("can be read although one folder can't, which is refused", async () => {
    await put("a/b.txt", "c.txt");
    await chmod(join(root, "a"), 0);
    const { names, refused } = await find("mine");
    await chmod(join(root, "a"), 0o700);
    expect(names).toEqual(["c.txt"]);
    expect(refused).toEqual([["a", "path-unreadable", "mine"]]);
  });

  it.skipIf(process.platform === "win32")("do not include pipes, which are refused", async () => {
    await put("a.txt");
    const pipes = ["b.txt", "c.png", "d.jsonl"].map((name) => join(root, name));
    execFileSync("sh", ["-c", 'mkfifo "$@"', "sh", ...pipes]);
    const { names, refused } = await find();
    expect(names).toEqual(["a.txt"]);
    expect(refused.map(([file, code]) => [file, code])).toEqual([
      ["b.txt", "path-not-file"],
      ["c.png", "path-not-file"],
      ["d.jsonl", "path-not-file"],
    ]);
  });
});

describe("links to folders", () => {
  it("that lead out of the folder are refused", async () => {
    await mkdir(join(base, "other"));
    await writeFile(join(base, "other/secret.txt"), "x");
    await symlink(join(base, "other"), join(root, "link"));
    await symlink("..", join(root, "up"));
    const { names, refused, report } = await find();
    expect(names).toEqual([]);
    expect(refused).toEqual([
      ["link", "file-outside-folder", "data"],
      ["up", "file-outside-folder", "data"],
    ]);
    expect(report.skipped).toEqual({});
  });

  it("that stay inside add each file once, under its own name, and loops end", async () => {
    await put("z/a.txt", "z/deep/b.txt", ".kept/c.txt", ".kept/deep/d.txt");
    await symlink("z", join(root, "alias"));
    await symlink(".", join(root, "self"));
    await symlink("..", join(root, "z/deep/loop"));
    await symlink(".kept/deep", join(root, "kept-deep"));
    await symlink(".kept", join(root, "kept"));
    await symlink("..", join(root, ".kept/back"));
    const { names, refused } = await find();
    expect(names).toEqual(["z/a.txt", "z/deep/b.txt", ".kept/c.txt", ".kept/deep/d.txt"]);
    expect(refused).toEqual([]);
  });

  it("that lead below a folder with a manifest add nothing beside what the manifest names", async () => {
    await put("set/manifest.jsonl", "set/images/a.png");
    await symlink("set/images", join(root, "images"));
    expect((await find()).names).toEqual(["set/manifest.jsonl"]);
  });
});

describe("a path", () => {
  it("that is missing or of no known type is refused before anything is read", async () => {
    const report = newReport();
    const find = (path: string) => findSources({ path, report });
    await expect(find(join(base, "gone"))).rejects.toMatchObject({ code: "path-missing" });
    await put("a.xyz");
    await expect(find(join(root, "a.xyz"))).rejects.toMatchObject({ code: "file-unsupported" });
    await rename(join(root, "a.xyz"), join(root, "a.txt"));
    expect(await find(join(root, "a.txt"))).toMatchObject([{ folder: root, name: "a.txt", corpus: "data" }]);
  });

  it.skipIf(process.getuid?.() === 0)("to a folder that can't be read is refused", async () => {
    await chmod(root, 0);
    const finding = findSources({ path: root, report: newReport() });
    await expect(finding).rejects.toMatchObject({ code: "path-unreadable" });
    await chmod(root, 0o700);
  });
});
