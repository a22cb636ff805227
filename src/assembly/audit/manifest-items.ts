import { basename } from "node:path";
import { describeCases } from "../case-evaluation/describe-cases.ts";
import { type RefusedCase, readManifest } from "../case-evaluation/read-manifest.ts";
import type { GuardedItem } from "../leak-guard.ts";

/** A manifest's cases as a leak guard sees them, each with the value of the field that was asked for, where it has one. */
type ManifestItems = {
  name: string;
  items: (GuardedItem & { part?: string })[];
  /** Bad rows, and images that can't be read or decoded. */
  refused: RefusedCase[];
};

/**
 * Reads a manifest and describes its images. Ids in DICOM files are hashed by the library's key, so that they stand with its cases.
 * Throws as `readManifest` does, and the signal's reason.
 */
export async function readManifestItems(request: {
  file: string;
  /** Which field's values to give. */
  field?: string | undefined;
  key?: Uint8Array | undefined;
  onProgress?: ((progress: { items: number; share: number; refused: number }) => void) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<ManifestItems> {
  const { file, field, key, onProgress, signal } = request;
  const { cases, refused } = await readManifest({ file, signal });
  const found = await describeCases({
    cases,
    embed: async () => [],
    key,
    signal,
    onProgress: (done) =>
      onProgress?.({ items: done, share: done / Math.max(1, cases.length), refused: refused.length }),
  });
  const items = found.described.map(
    ({ id, row, fields, entry, patientIds }): ManifestItems["items"][number] => {
      const part = field === undefined ? undefined : fields[field];
      return {
        id,
        image: { ...entry, patientIds },
        text: row.text,
        ...(typeof part === "string" || typeof part === "number" ? { part: String(part) } : {}),
      };
    },
  );
  return { name: basename(file), items, refused: [...refused, ...found.refused] };
}
