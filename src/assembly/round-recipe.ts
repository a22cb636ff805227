import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { imageKindSchema, MedRoundsError } from "#contracts";
import { canonicalJson, readBoundedFile, sha256 } from "#platform";

/** How rounds of one field are run: today which images they take. A key that is not named here is refused. */
const recipeSchema = z.strictObject({
  name: z.string().regex(/^[a-z\d-]{1,60}$/, "Invalid name: small letters, digits and hyphens"),
  title: z.string().min(1).max(200),
  images: z.strictObject({
    kinds: z.array(imageKindSchema.exclude(["other"])).min(1),
    /** What happens with an image of another kind. */
    otherwise: z.enum(["warn", "refuse"]),
  }),
});

/** A recipe with the SHA-256 of what it says, which changes with every change that counts. */
export type RoundRecipe = z.infer<typeof recipeSchema> & { hash: string };

const fileName = "recipe.yaml";
/** `recipes/rounds`, which stands at the same depth above the source and above the build. */
const shipped = fileURLToPath(new URL("../../recipes/rounds/", import.meta.url));

/**
 * The recipe of a name that comes with the product, or of a folder, which is told by a slash or a point in it.
 *
 * @throws MedRoundsError `recipe-missing`; `recipe-invalid`, naming the key; the errors of reading a file.
 */
export async function readRoundRecipe(nameOrFolder: string, signal?: AbortSignal): Promise<RoundRecipe> {
  return /[\\/.]/.test(nameOrFolder)
    ? readRecipe(resolve(nameOrFolder), signal)
    : readShippedRecipe(nameOrFolder, signal);
}

/** The recipe of a name that comes with the product, and no other. Throws `recipe-missing`. */
export async function readShippedRecipe(name: string, signal?: AbortSignal): Promise<RoundRecipe> {
  const names = (await readdir(shipped)).toSorted();
  if (names.includes(name)) return readRecipe(join(shipped, name), signal);
  const message = `There is no recipe “${name.slice(0, 60)}”; there is: ${names.join(", ")}.`;
  throw new MedRoundsError("recipe-missing", message, { recipe: name.slice(0, 60) });
}

async function readRecipe(folder: string, signal?: AbortSignal): Promise<RoundRecipe> {
  const file = join(folder, fileName);
  const bytes = await readBoundedFile(file, signal ? { signal } : {}).catch((error: unknown) => {
    if (!MedRoundsError.is(error) || error.code !== "path-missing") throw error;
    throw new MedRoundsError("recipe-missing", `There is no ${fileName} in ${folder}.`, { path: file });
  });
  const { success, data, error } = recipeSchema.safeParse(parseYaml(bytes, file));
  if (success) return { ...data, hash: sha256(canonicalJson(data)) };
  const [issue] = error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const key = [...(issue?.path ?? []), ...unknown].join(".");
  const subject = key === "" ? file : `The key ${key} of ${file}`;
  throw new MedRoundsError("recipe-invalid", `${subject} is not valid: ${issue?.message}.`, {
    path: file,
    key,
  });
}

function parseYaml(bytes: Uint8Array, file: string): unknown {
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const line = error.linePos?.[0].line ?? 1;
    const message = `${file} is not well-formed YAML at line ${line}.`;
    throw new MedRoundsError("recipe-invalid", message, { path: file, line });
  }
}
