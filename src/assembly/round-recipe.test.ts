import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRecipes, readRoundRecipe, readShippedRecipe } from "./round-recipe.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-recipe-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const own = `
name: knees
title: Knees
images:
  kinds: [radiograph]
  otherwise: warn
`;

const staged = `${own}method: staged
prompts: { step: step.md, summary: summary.md }
`;

async function written(name: string, text: string, prompts: Record<string, string> = {}): Promise<string> {
  const made = join(folder, name);
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { recursive: true });
  await writeFile(join(made, "recipe.yaml"), text);
  for (const [file, prompt] of Object.entries(prompts)) await writeFile(join(made, file), prompt);
  return made;
}

describe("a recipe", () => {
  it("comes with the product for chest X-rays and for pathology", async () => {
    expect(await readRoundRecipe("chest-xray")).toMatchObject({
      name: "chest-xray",
      images: { kinds: ["chest-frontal", "chest-lateral"], otherwise: "refuse" },
    });
    expect(await readShippedRecipe("pathology")).toMatchObject({ images: { otherwise: "warn" } });
  });

  it("comes with the product for each method, and each can be read", async () => {
    const recipes = await listRecipes();
    expect(recipes.map(({ name, method }) => [name, method?.type])).toEqual([
      ["chest-xray", "staged"],
      ["iterative", "iterative"],
      ["none", "direct"],
      ["pathology", "tools"],
      ["proactive", "proactive"],
      ["single-shot", "single-shot"],
    ]);
  });

  it("has the texts of its prompts, and what its method leaves out", async () => {
    const recipe = await readRoundRecipe(
      await written("staged", staged, { "step.md": "One.\r\n", "summary.md": "All." }),
    );
    expect(recipe.method).toEqual({
      ...{ type: "staged", first: [], steps: 15, retries: 3 },
      prompts: { step: "One.", summary: "All." },
    });
  });

  it("that only says which images it takes has no method", async () => {
    expect((await readRoundRecipe(await written("gate", own))).method).toBeNull();
  });

  it("has a hash that changes with a prompt, and not with a file that it does not name", async () => {
    const prompts = { "step.md": "One.", "summary.md": "All." };
    const hashOf = async (more: Record<string, string>) => {
      return (await readRoundRecipe(await written("hashed", staged, { ...prompts, ...more }))).hash;
    };
    const first = await hashOf({});
    expect(await hashOf({ "notes.md": "Mine." })).toBe(first);
    expect(await hashOf({ "summary.md": "All!" })).not.toBe(first);
  });

  it("is read from a person's own folder", async () => {
    expect(await readRoundRecipe(await written("knees", own))).toMatchObject({ name: "knees" });
  });

  it("has a hash that follows what it says, not how it is written", async () => {
    const first = await readRoundRecipe(await written("first", own));
    const respaced = await readRoundRecipe(await written("respaced", `# A remark\n${own}`));
    const other = await readRoundRecipe(await written("other", own.replace("warn", "refuse")));
    expect(respaced.hash).toBe(first.hash);
    expect(other.hash).not.toBe(first.hash);
  });

  it.each([
    ["an unknown key", `${own}stages: []\n`, "stages"],
    ["an unknown key inside", own.replace("otherwise: warn", "otherwise: warn\n  size: 3"), "images.size"],
    ["a kind that there is none of", own.replace("radiograph", "dragon"), "images.kinds.0"],
    ["no kind at all", own.replace("[radiograph]", "[]"), "images.kinds"],
    ["a name that is none", own.replace("knees", "K N"), "name"],
    ["a list instead of keys", "- name", ""],
    ["a method that there is none of", `${own}method: guess\n`, "method"],
    ["a key of another method", `${own}method: tools\nsteps: 3\n`, "steps"],
    [
      "a prompt that its method does not have",
      `${own}method: tools\nprompts: { step: s.md }\n`,
      "prompts.step",
    ],
    ["a prompt that is not there", staged, "prompts.step"],
    ["no prompt", `${own}method: direct\n`, "prompts"],
    [
      "a prompt outside of its folder",
      `${own}method: direct\nprompts: { system: ../system.md }\n`,
      "prompts.system",
    ],
    ["a grammar that there is none of", `${own}method: proactive\ngrammar: latin\n`, "grammar"],
    ["a tool that there is none of", `${own}tools: [guess]\n`, "tools.0"],
    ["too many steps", staged.replace("prompts", "steps: 500\nprompts"), "steps"],
    ["a threshold that is no share", `${own}confidence: { threshold: 3 }\n`, "confidence.threshold"],
  ])("is refused with %s, which is named with the file", async (_, text, key) => {
    await expect(readRoundRecipe(await written("broken", text))).rejects.toMatchObject({
      code: "recipe-invalid",
      message: expect.stringContaining("recipe.yaml"),
      facts: { key },
    });
  });

  it("is refused with an empty prompt", async () => {
    const made = await written("empty", staged, { "step.md": " \n", "summary.md": "All." });
    await expect(readRoundRecipe(made)).rejects.toMatchObject({ facts: { key: "prompts.step" } });
  });

  it("is refused where it is no YAML, with the line", async () => {
    await expect(readRoundRecipe(await written("garbled", "name: x\nimages: [\n"))).rejects.toMatchObject({
      code: "recipe-invalid",
      facts: { line: expect.any(Number) },
    });
  });

  it("is missing where neither the product nor the folder has it", async () => {
    await expect(readRoundRecipe("knees")).rejects.toMatchObject({
      code: "recipe-missing",
      message: expect.stringContaining("chest-xray, iterative, none, pathology, proactive, single-shot"),
    });
    await expect(readRoundRecipe(join(folder, "nowhere"))).rejects.toMatchObject({ code: "recipe-missing" });
  });

  it("is not looked for outside the product where only the product's are asked for", async () => {
    const made = await written("knees", own);
    for (const name of [made, "../corpora", "chest-xray/..", ".", ""]) {
      await expect(readShippedRecipe(name)).rejects.toMatchObject({ code: "recipe-missing" });
    }
  });
});
