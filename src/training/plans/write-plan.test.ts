import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "#platform";
import { makeFolder, removeFolder } from "../../../test/support/run-cli.ts";
import { rewardProfiles } from "../rewards/profiles/list.ts";
import { plannedEngines } from "./engines/list.ts";
import { readPlan } from "./read-plan.ts";
import { trainingRecipes } from "./recipes/list.ts";
import { trainingSizes } from "./sizes/list.ts";
import { writePlan } from "./write-plan.ts";

const run = promisify(execFile);
const python = await run("python3", ["--version"]).catch(() => undefined);

let folder: string;
beforeEach(async () => {
  folder = await makeFolder("plans");
  for (const name of ["sft", "text", "multimodal"]) {
    await mkdir(join(folder, "data", name), { recursive: true });
    await writeFile(join(folder, "data", name, "train.jsonl"), `{"qid":"${name}"}\n`);
  }
});
afterEach(() => removeFolder(folder));

const write = (engine: string, recipe: string, size: string, out = "run") =>
  writePlan({ engine, recipe, size, data: join(folder, "data"), out: join(folder, out), port: 4180 });

const all = plannedEngines.flatMap((engine) =>
  trainingRecipes.flatMap((recipe) => trainingSizes.map((size) => ({ engine, recipe, size }))),
);
const possible = all.filter(
  ({ engine, recipe, size }) => engine.refuse({ stages: recipe.stages, size }) === undefined,
);

describe("a plan of a training run", () => {
  it.each(possible)(
    "of $recipe.name for $engine.name, $size.name, is whole and the same each time",
    async (one) => {
      const { engine, recipe, size } = one;
      const { plan, files } = await write(engine.name, recipe.name, size.name);
      expect(await readPlan(join(folder, "run"))).toEqual(plan);
      expect(plan.stages.map(({ name }) => name)).toEqual(recipe.stages.map(({ name }) => name));
      for (const [path, hash] of Object.entries(plan.files)) {
        expect(sha256(await readFile(join(folder, "run", path), "utf8")), path).toBe(hash);
      }
      expect(new Set(files)).toEqual(new Set([...Object.keys(plan.files), "plan.json"]));
      // Every file that a command names is there.
      for (const word of plan.stages.flatMap(({ command }) => command)) {
        const path = /^(?:.*=)?(?:\{folder\}\/)?((?:adapters|arguments)\/[\w./-]+)$/.exec(word)?.[1];
        if (path !== undefined) expect(files, word).toContain(path);
      }
      // A stage begins with the model that the one before it made.
      for (const [index, { command }] of plan.stages.entries()) {
        const before = recipe.stages[index - 1]?.name;
        expect(command.some((word) => word.includes("{result:"))).toBe(before !== undefined);
        if (before) expect(command.join(" ")).toContain(`{result:${before}}`);
      }
      const first = await readFile(join(folder, "run/plan.json"), "utf8");
      await rm(join(folder, "run"), { recursive: true });
      await write(engine.name, recipe.name, size.name);
      expect(await readFile(join(folder, "run/plan.json"), "utf8")).toBe(first);
    },
  );

  it("names only reward profiles that there are", () => {
    const names = rewardProfiles.map(({ name }) => name);
    for (const { stages } of trainingRecipes) {
      for (const stage of stages) if (stage.method !== "sft") expect(names).toContain(stage.profile);
    }
  });

  it("pins every package", async () => {
    for (const { packages } of plannedEngines) {
      for (const one of packages) expect(one).toMatch(/^[\w-]+(\[\w+\])?==[\d.]+$/);
    }
  });

  it("shows on paper what a device holds, with the formulas", async () => {
    await write("ms-swift", "med-rwr", "8x80");
    const readme = await readFile(join(folder, "run/README.md"), "utf8");
    expect(readme).toContain("| weights | 2 × P, P = 8.29 · 10⁹ | 16.6 |");
    expect(readme).toContain("8 × 1 × 8 = 64 rollouts of 8 prompts");
    expect(readme).toContain("it fits");
    expect(readme).toContain("research and education only");
  });

  it.each([
    ["ms-swift", "ppo-text", "8x80"],
    ["trl", "ppo-text", "lora-1"],
    ["verl", "med-rwr", "lora-1"],
    ["axolotl", "med-rwr", "8x80"],
    ["trl", "dpo", "8x80"],
    ["trl", "grpo-text", "9x80"],
  ])("is refused for %s, %s, %s, with what there is instead", async (engine, recipe, size) => {
    await expect(write(engine, recipe, size)).rejects.toMatchObject({ code: "usage-invalid" });
  });

  it("is refused where the data are missing, or the folder is not empty", async () => {
    await rm(join(folder, "data/text"), { recursive: true });
    await expect(write("trl", "grpo-text", "lora-1")).rejects.toMatchObject({
      code: "training-data-missing",
    });
    await mkdir(join(folder, "run"));
    await writeFile(join(folder, "run/notes.md"), "mine");
    await expect(write("trl", "sft-cold-start", "lora-1")).rejects.toMatchObject({ code: "path-occupied" });
  });

  it("is refused where the data were exported for another engine, or of another kind", async () => {
    const file = join(folder, "data/text/manifest.json");
    const refusal = { code: "training-data-missing" };
    await writeFile(file, JSON.stringify({ engine: "verl", kind: "grpo" }));
    await expect(write("trl", "grpo-text", "lora-1")).rejects.toMatchObject(refusal);
    await writeFile(file, JSON.stringify({ engine: "trl", kind: "sft" }));
    await expect(write("trl", "grpo-text", "lora-1")).rejects.toMatchObject(refusal);
    await writeFile(file, JSON.stringify({ engine: "trl", kind: "grpo" }));
    await write("trl", "grpo-text", "lora-1");
  });

  it("is refused when it is read where a key is wrong, with the key", async () => {
    const { plan } = await write("trl", "sft-cold-start", "lora-1");
    const file = join(folder, "run/plan.json");
    await writeFile(file, JSON.stringify({ ...plan, stages: [{ ...plan.stages[0], command: [] }] }));
    await expect(readPlan(join(folder, "run"))).rejects.toMatchObject({
      code: "training-plan-invalid",
      facts: { key: "stages.0.command" },
    });
    await expect(readPlan(folder)).rejects.toMatchObject({ code: "training-plan-invalid" });
  });
});

describe("the adapters of a plan", () => {
  it.each(plannedEngines)("for $name are Python of at most 60 lines", async ({ name }) => {
    const { files } = await write(name, "grpo-text", "8x80");
    const adapters = files.filter((file) => file.endsWith(".py"));
    expect(adapters.length).toBeGreaterThan(1);
    for (const file of adapters) {
      const text = await readFile(join(folder, "run", file), "utf8");
      expect(text.trimEnd().split("\n").length, file).toBeLessThanOrEqual(60);
    }
  });

  it.skipIf(python === undefined).each(plannedEngines)(
    "for $name compile (needs python3)",
    async ({ name }) => {
      const { files } = await write(name, "grpo-text", "8x80");
      const adapters = files.filter((file) => file.endsWith(".py")).map((file) => join(folder, "run", file));
      await run("python3", ["-m", "py_compile", ...adapters]);
      expect(adapters.length).toBeGreaterThan(1);
    },
  );
});
