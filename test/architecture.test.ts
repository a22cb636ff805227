import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const biome = join(root, "node_modules/.bin/biome");
const rooms = readdirSync(join(root, "src")).sort();

type Override = { includes: string[]; linter: { rules: unknown } };
const configuration = JSON.parse(readFileSync(join(root, "biome.json"), "utf8")) as { overrides: Override[] };
const packageFile = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  imports: Record<string, Record<string, string>>;
};

/** One violation of each kind, by the file it stands in. */
const violations: Record<string, { code: string; rule: string }> = {
  "src/contracts/upward.ts": { code: 'export { reader } from "#reasoning";', rule: "noRestrictedImports" },
  "src/contracts/node.ts": { code: 'import "node:fs";', rule: "noNodejsModules" },
  "src/transcript/clock.ts": { code: "export const now = () => Date.now();", rule: "noRestrictedGlobals" },
  "src/knowledge/sibling.ts": {
    code: 'import type { Raster } from "#imaging";\nexport type X = Raster;',
    rule: "noRestrictedImports",
  },
  "src/imaging/deep.ts": { code: 'export { x } from "#store/lancedb.ts";', rule: "noRestrictedImports" },
  "src/reasoning/path.ts": { code: 'export { x } from "../models/index.ts";', rule: "noRestrictedImports" },
  "src/reasoning/policies/deep-path.ts": {
    code: 'export { x } from "../../store/index.ts";',
    rule: "noRestrictedImports",
  },
  "src/models/dynamic.ts": {
    code: 'export const load = () => import("#reasoning");',
    rule: "noRestrictedImports",
  },
  "src/cli/around.ts": { code: 'export { openLibrary } from "#library";', rule: "noRestrictedImports" },
  "src/store/any.ts": { code: "export const x = (y: any) => y;", rule: "noExplicitAny" },
};

describe("the directions between rooms", () => {
  let canary: string;
  beforeAll(() => {
    canary = mkdtempSync(join(tmpdir(), "medrounds-canary-"));
    writeFileSync(join(canary, "biome.json"), readFileSync(join(root, "biome.json")));
    const files = Object.fromEntries(Object.entries(violations).map(([file, { code }]) => [file, code]));
    const cycle = {
      "src/text/one.ts": 'import { two } from "./two.ts";\nexport const one = () => two;',
      "src/text/two.ts": 'import { one } from "./one.ts";\nexport const two = () => one;',
    };
    for (const [file, code] of Object.entries({ ...files, ...cycle })) {
      mkdirSync(dirname(join(canary, file)), { recursive: true });
      writeFileSync(join(canary, file), `${code}\n`);
    }
  });
  afterAll(() => rmSync(canary, { recursive: true }));

  it("are held by the linter: it finds each planted violation", () => {
    const { stdout } = spawnSync(biome, ["lint", "--vcs-enabled=false", "--reporter=json", "."], {
      cwd: canary,
    });
    const { diagnostics } = JSON.parse(String(stdout)) as {
      diagnostics: { category: string; location: { path: string } }[];
    };
    const found = diagnostics.map(
      ({ category, location }) => `${location.path} ${category.split("/").pop()}`,
    );
    for (const [file, { rule }] of Object.entries(violations)) expect(found).toContain(`${file} ${rule}`);
    expect(found.some((line) => line.endsWith("noImportCycles"))).toBe(true);
  });

  it("are held by the resolver: a room has one door and nothing behind it can be reached", () => {
    const load = (specifier: string) =>
      spawnSync(
        process.execPath,
        ["--conditions=medrounds-source", "--input-type=module", "-e", `await import("${specifier}")`],
        { cwd: root, encoding: "utf8" },
      );
    expect(load("#contracts").status).toBe(0);
    expect(load("#contracts/errors.ts").stderr).toContain("ERR_PACKAGE_IMPORT_NOT_DEFINED");
  });

  it("cover every room there is; nobody imports the command line and the page", () => {
    const doors = Object.keys(packageFile.imports).map((name) => name.slice(1));
    expect([...doors, "cli", "web"].sort()).toEqual(rooms);
    for (const room of rooms) {
      const override = configuration.overrides.find(({ includes }) => includes.includes(`src/${room}/**`));
      expect(JSON.stringify(override), room).toContain("noRestrictedImports");
    }
  });

  it("are checked on the whole tree, not on an empty one", () => {
    const { stdout } = spawnSync(biome, ["lint", "--reporter=json", "src", "test"], {
      cwd: root,
      encoding: "utf8",
    });
    const { summary } = JSON.parse(String(stdout)) as { summary: { changed: number; unchanged: number } };
    expect(summary.changed + summary.unchanged).toBeGreaterThan(120);
  });
});

describe("the source", () => {
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, "src", room), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join("src", room, file)),
  );
  const lines = (file: string) => readFileSync(join(root, file), "utf8").split("\n").length;

  it("has small files: half of them under 90 lines, none over 300", () => {
    const sizes = files
      .filter((file) => !/\.test\.tsx?$/.test(file))
      .map(lines)
      .sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(90);
    expect(sizes.at(-1)).toBeLessThan(300);
  });

  it("has a door with a module comment in every room that others import", () => {
    for (const room of rooms.filter((name) => name !== "cli" && name !== "web")) {
      expect(readFileSync(join(root, "src", room, "index.ts"), "utf8"), room).toMatch(/^\/\*\*\n \* \S/);
    }
  });

  it("draws nothing at random in the pure rooms", () => {
    const pure = files.filter((file) => /^src.(contracts|transcript|text|statistics).[^.]+\.ts$/.test(file));
    expect(pure.length).toBeGreaterThan(20);
    for (const file of pure)
      expect(readFileSync(join(root, file), "utf8"), file).not.toMatch(/Math\.random\(/);
  });

  it("lists parts without logic: a list.ts holds imports and one literal", () => {
    for (const file of files.filter((name) => name.endsWith("/list.ts"))) {
      const code = readFileSync(join(root, file), "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
      expect(code.match(/^(export )?(async )?function|=> \{|^if /gm), file).toBeNull();
    }
  });
});
