import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { sha256 } from "#platform";

const folder = fileURLToPath(new URL("../../../recipes/training/", import.meta.url));

/** What a model is told to make data. `hash` (SHA-256) changes with the text. */
export type MakingPrompt = { name: string; text: string; hash: string };

/** A prompt that is shipped: `recipes/training/<name>.md`. */
export async function readMakingPrompt(name: string): Promise<MakingPrompt> {
  const text = (await readFile(`${folder}${name}.md`, "utf8")).trim();
  return { name, text, hash: sha256(text) };
}
