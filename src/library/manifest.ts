import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import type { ImageEmbedder } from "#imaging";
import { writeFileAtomically } from "#platform";

/** The version of the library's layout. It rises when an older MedRounds could no longer read the folder. */
const schemaVersion = 1;

const manifestSchema = z.object({
  schema: z.int().positive(),
  /** Whose vectors the cases carry. */
  embedders: z.array(z.object({ id: z.string(), dimension: z.int(), preprocessingHash: z.string() })),
  corpora: z.array(z.string()),
});
export type LibraryManifest = z.infer<typeof manifestSchema>;

function manifestFile(folder: string): string {
  return join(folder, "library.json");
}

export function newManifest({ id, dimension, preprocessingHash }: ImageEmbedder): LibraryManifest {
  return { schema: schemaVersion, embedders: [{ id, dimension, preprocessingHash }], corpora: [] };
}

/** The manifest, or undefined where the folder holds none. Throws `library-newer` and `library-unreadable`. */
export async function readManifest(folder: string): Promise<LibraryManifest | undefined> {
  let text: string;
  try {
    text = await readFile(manifestFile(folder), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unreadable();
  }
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) throw unreadable();
  if (parsed.data.schema > schemaVersion) {
    throw new MedRoundsError("library-newer", "The library was written by a newer version of MedRounds.", {
      found: parsed.data.schema,
      known: schemaVersion,
    });
  }
  return parsed.data;
}

export async function writeManifest(folder: string, manifest: LibraryManifest): Promise<void> {
  await writeFileAtomically(manifestFile(folder), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Throws `embedder-mismatch` where the library's vectors come from another embedder. */
export function checkEmbedder(manifest: LibraryManifest, embedder: ImageEmbedder): void {
  const fits = manifest.embedders.some(
    ({ id, dimension, preprocessingHash }) =>
      id === embedder.id &&
      dimension === embedder.dimension &&
      preprocessingHash === embedder.preprocessingHash,
  );
  if (fits) return;
  throw new MedRoundsError(
    "embedder-mismatch",
    `The library's images were not described by ${embedder.id}.`,
    {
      library: manifest.embedders.map(({ id }) => id).join(", "),
      embedder: embedder.id,
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(): MedRoundsError {
  return new MedRoundsError("library-unreadable", "The library's manifest library.json can't be read.");
}
