import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, projectRoot, removeFolder, runCli } from "./support/run-cli.ts";

let folder: string;
let main: string;

/** The package as it would be installed, with the project's own dependencies. */
beforeAll(async () => {
  folder = await makeFolder("installed");
  main = join(folder, "dist/cli/main.js");
  const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
  const build = ["-p", "tsconfig.build.json", "--outDir", join(folder, "dist")];
  execFileSync(process.execPath, [compiler, ...build], { cwd: projectRoot, stdio: "pipe" });
  for (const name of [
    "package.json",
    "README.md",
    "LICENSE",
    "CITATION.cff",
    "demo",
    "docs",
    "recipes",
    "src",
    "test",
  ]) {
    if (existsSync(join(projectRoot, name)))
      cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => removeFolder(folder));

describe("the package", () => {
  it("holds the build, the demo, the readme and the license, and neither source nor tests", () => {
    const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const listed = JSON.parse(output) as
      | { files: { path: string }[] }[]
      | Record<string, { files: { path: string }[] }>;
    const paths = Object.values(listed).flatMap(({ files }) => files.map(({ path }) => path));
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "demo/passages/chest-findings.md",
        "dist/cli/main.js",
        "dist/contracts/index.d.ts",
        "package.json",
        "recipes/corpora/statpearls.yaml",
      ]),
    );
    for (const path of paths)
      expect(path).not.toMatch(/^(src|test)\/|\/test-|\.test\.|fixture|(?<!\.d)\.ts$/);
  });

  it("has a door of each room in the build, as package.json says", () => {
    const { imports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      imports: Record<string, { default: string }>;
    };
    for (const { default: door } of Object.values(imports))
      expect(existsSync(join(folder, door)), door).toBe(true);
  });

  it("runs without the source: help and a demo question", async () => {
    const help = await runCli(["--help"], { cwd: folder, main });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("Usage: medrounds");
    const demo = await runCli(["demo", "4"], { cwd: folder, main });
    expect(demo.code, demo.stderr).toBe(0);
    expect(demo.stdout).toContain("Evidence cited");
    expect(demo.stdout).toContain("medrounds demo 1");
  });

  it("can be started as a command", () => {
    const first = readFileSync(main, "utf8").split("\n")[0];
    expect(first).toBe("#!/usr/bin/env node");
  });
});
