import { MedRoundsError } from "#contracts";
import { createLeakGuard } from "../leak-guard.ts";
import type { AuditedCases } from "./audit-library.ts";
import { readManifestItems } from "./manifest-items.ts";

/** How much each part of a manifest shares with its other parts. */
export type SplitAudit = {
  manifest: string;
  field: string;
  /** Cases whose row does not say to which part it belongs; they are not compared. */
  without: number;
  /** A set for each part, in the order of their names. */
  sets: AuditedCases[];
  seconds: number;
};

/**
 * Compares the parts of a manifest, such as train and test, with one another; `field` names the part of each case. No library is needed.
 * Throws `usage-invalid` where the field tells fewer than two parts, as `readManifest` does, and the signal's reason.
 */
export async function auditSplits(request: {
  file: string;
  field: string;
  maximum: number;
  onProgress?: ((progress: { items: number; share: number; refused: number }) => void) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<SplitAudit> {
  const { field, maximum, onProgress, signal } = request;
  const began = performance.now();
  const { name, items, refused } = await readManifestItems(request);
  const parts = [...new Set(items.flatMap(({ part }) => part ?? []))].sort();
  if (parts.length < 2) {
    const message = `The field ${field} of ${name} tells no two parts of it.`;
    throw new MedRoundsError("usage-invalid", message, { field, parts: parts.length });
  }
  const guard = createLeakGuard({ maximum });
  const sets: AuditedCases[] = [];
  for (const part of parts) {
    const queries = items.filter((item) => item.part === part);
    const report = await guard.check({
      queries,
      library: items.filter((item) => item.part !== undefined && item.part !== part),
      onProgress: (done) =>
        onProgress?.({
          items: done.queries,
          share: done.queries / queries.length,
          refused: refused.length,
        }),
      ...(signal ? { signal } : {}),
    });
    sets.push({ name: part, refused: part === parts[0] ? refused : [], ...report });
  }
  const without = items.filter((item) => item.part === undefined).length;
  return { manifest: name, field, without, sets, seconds: (performance.now() - began) / 1000 };
}
