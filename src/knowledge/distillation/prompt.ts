import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { sha256 } from "#platform";

const folder = fileURLToPath(new URL("../../../recipes/distillation/", import.meta.url));

/** What a model is told. `hash` is the SHA-256 of both texts: with another prompt every row is asked anew. */
export type DistillationPrompt = { extract: string; repair: string; hash: string };

/** The prompt that is shipped: `recipes/distillation/extract.md` and `repair.md`. */
export async function readDistillationPrompt(): Promise<DistillationPrompt> {
  const [extract, repair] = await Promise.all(
    ["extract.md", "repair.md"].map(async (name) => (await readFile(`${folder}${name}`, "utf8")).trim()),
  );
  return { extract: extract!, repair: repair!, hash: sha256(`${extract}\n\u0000\n${repair}`) };
}
