import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import type { ImageEmbedder } from "#imaging";
import { fileError, parseJson, writeFileAtomically } from "#platform";

/** The version of the library's layout. It rises when the folder could no longer be read as it was before. */
const schemaVersion = 4;

/** Whose vectors lie in a collection of their own. `source` is what to load the embedder from. */
const embedderRecordSchema = z.object({
  id: z.string(),
  dimension: z.int().positive(),
  fingerprint: z.string(),
  source: z.string(),
  collection: z.string().regex(/^\w+$/),
});

const manifestSchema = z.object({
  schema: z.int().positive(),
  /** Whose descriptors the cases carry in their own collection. */
  embedders: z.array(z.object({ id: z.string(), dimension: z.int(), preprocessingHash: z.string() })),
  /** Whose vectors the passages carry. */
  textEmbedders: z.array(embedderRecordSchema),
  /** Whose vectors the cases carry beside their descriptors. `texts` says that texts have vectors in the same space. */
  imageEncoders: z.array(embedderRecordSchema.extend({ texts: z.boolean() })),
  corpora: z.array(z.string()),
  /** Where the tables are: "lancedb", in the library's own folder, or the location of a store elsewhere. */
  store: z.string().default("lancedb"),
});
export type LibraryManifest = z.infer<typeof manifestSchema>;
/** An embedder whose vectors the library's passages carry. */
export type TextEmbedderRecord = LibraryManifest["textEmbedders"][number];
/** An encoder whose vectors the library's cases carry. */
export type ImageEncoderRecord = LibraryManifest["imageEncoders"][number];

function manifestFile(folder: string): string {
  return join(folder, "library.json");
}

export function newManifest(
  { id, dimension, preprocessingHash }: ImageEmbedder,
  store = "lancedb",
): LibraryManifest {
  return {
    schema: schemaVersion,
    embedders: [{ id, dimension, preprocessingHash }],
    textEmbedders: [],
    imageEncoders: [],
    corpora: [],
    store,
  };
}

/**
 * The manifest, or undefined where the folder holds none. Throws `library-newer`, `library-older`,
 * `library-unreadable` and the errors of reading a file.
 */
export async function readManifest(folder: string): Promise<LibraryManifest | undefined> {
  let text: string;
  try {
    text = await readFile(manifestFile(folder), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw fileError(error, manifestFile(folder));
  }
  const content = parseJson(text);
  // The version first: a library of another one need not have these fields.
  const found = manifestSchema.pick({ schema: true }).safeParse(content).data?.schema;
  if (found === undefined) throw unreadable();
  if (found !== schemaVersion) {
    const [code, age] =
      found > schemaVersion
        ? (["library-newer", "a newer"] as const)
        : (["library-older", "an older"] as const);
    throw new MedRoundsError(code, `The library was written by ${age} version of MedRounds.`, {
      found,
      known: schemaVersion,
    });
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw unreadable();
  return parsed.data;
}

/**
 * Writes the manifest with the corpora that it has on disk beside its own, and the embedders of the disk: another command may
 * have changed them since it was read. To be called by the library's only writer. Throws `path-unwritable` and `disk-full`.
 */
export async function writeManifest(folder: string, manifest: LibraryManifest): Promise<void> {
  const onDisk = await readManifest(folder);
  const corpora = new Set([...(onDisk?.corpora ?? []), ...manifest.corpora]);
  const { textEmbedders, imageEncoders } = onDisk ?? manifest;
  await write(folder, { ...manifest, corpora: [...corpora], textEmbedders, imageEncoders });
}

/**
 * Changes the manifest as it is on disk now, and resolves to what it has become. To be called by the library's only writer.
 * Throws as `readManifest` does, `library-missing`, `path-unwritable` and `disk-full`.
 */
export async function updateManifest(
  folder: string,
  change: (manifest: LibraryManifest) => LibraryManifest,
): Promise<LibraryManifest> {
  const manifest = await readManifest(folder);
  if (!manifest) throw new MedRoundsError("library-missing", `There is no library in ${folder}.`, { folder });
  const changed = change(manifest);
  await write(folder, changed);
  return changed;
}

function write(folder: string, manifest: LibraryManifest): Promise<void> {
  return writeFileAtomically(manifestFile(folder), `${JSON.stringify(manifest, null, 2)}\n`);
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

function unreadable(): MedRoundsError {
  return new MedRoundsError("library-unreadable", "The library's manifest library.json can't be read.");
}
