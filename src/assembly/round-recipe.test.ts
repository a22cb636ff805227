import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRoundRecipe, readShippedRecipe } from "./round-recipe.ts";

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

async function written(name: string, text: string): Promise<string> {
  const made = join(folder, name);
  await mkdir(made, { recursive: true });
  await writeFile(join(made, "recipe.yaml"), text);
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
  ])("is refused with %s, which is named with the file", async (_, text, key) => {
    await expect(readRoundRecipe(await written("broken", text))).rejects.toMatchObject({
      code: "recipe-invalid",
      message: expect.stringContaining("recipe.yaml"),
      facts: { key },
    });
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
      message: expect.stringContaining("chest-xray, pathology"),
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
