import { readdir, readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { MedRoundsError } from "#contracts";

/** Endings of the names of the files that are wanted, such as ".jsonl". */
const extensions = z.array(z.string().startsWith(".")).min(1);

/**
 * Where a corpus comes from: files of a repository on the Hugging Face hub, whose checksums the hub tells, or one address, with the
 * SHA-256 where its publisher tells it, and what is to be unpacked where it is a .tar.gz.
 */
const sourceSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("hub"),
    kind: z.enum(["dataset", "model"]),
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    revision: z.string().regex(/^[\w.-]+$/),
    folder: z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/),
    extensions,
  }),
  z.strictObject({
    type: z.literal("address"),
    url: z.url({ protocol: /^https$/ }),
    sha256: z
      .string()
      .regex(/^[\da-f]{64}$/)
      .optional(),
    unpack: z.strictObject({ extensions }).optional(),
  }),
]);

/** A public corpus: what it holds, under which license, about how large it is in bytes, and where it comes from. */
const recipeSchema = z.strictObject({
  name: z.string().regex(/^[a-z\d-]+$/),
  title: z.string(),
  holds: z.string(),
  /** A page for people that tells more. */
  page: z.url(),
  license: z.string(),
  bytes: z.int().positive(),
  source: sourceSchema,
});
export type Recipe = z.infer<typeof recipeSchema>;
export type HubSource = Extract<Recipe["source"], { type: "hub" }>;
export type AddressSource = Extract<Recipe["source"], { type: "address" }>;

/** `recipes/corpora`, which stands at the same depth above the source and above the build. */
const folder = new URL("../../../recipes/corpora/", import.meta.url);

/** All recipes that come with the product, by name. */
export async function readRecipes(): Promise<Recipe[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).toSorted();
  return Promise.all(
    names.map(async (name) => recipeSchema.parse(parse(await readFile(new URL(name, folder), "utf8")))),
  );
}

/** Throws `usage-invalid` where there is none of this name. */
export async function findRecipe(name: string): Promise<Recipe> {
  const recipes = await readRecipes();
  const found = recipes.find((recipe) => recipe.name === name);
  if (found) return found;
  const known = recipes.map((recipe) => recipe.name).join(", ");
  throw new MedRoundsError("usage-invalid", `There is no recipe ${name}; there is: ${known}.`, {
    recipe: name,
  });
}
