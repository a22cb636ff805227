import { type CaseEntry, caseFromRecord, readCaseRow } from "#imaging";
import { type Library, libraryEntries } from "#library";
import { asLabels } from "./read-manifest.ts";

/** The cases of a library with the fields of their manifests, which are read only where `labelField` or `fields` asks for them. */
export async function readLibraryCases(
  library: Library,
  wanted: { labelField?: string | undefined; fields: boolean },
): Promise<{ entry: CaseEntry; fields: Record<string, unknown> }[]> {
  const { labelField } = wanted;
  const entries = await Array.fromAsync(libraryEntries(library));
  if (!wanted.fields && labelField === undefined) return entries.map((entry) => ({ entry, fields: {} }));
  const fields = new Map<string, Record<string, unknown>>();
  for await (const rows of library.cases.scan({ columns: ["record"] })) {
    for (const { row } of rows) fields.set(row.id, caseFromRecord(row.record ?? "").metadata);
  }
  return entries.map((entry) => {
    const own = fields.get(entry.id) ?? {};
    const labels = labelField === undefined ? entry.labels : presentLabels(own[labelField]);
    return { entry: { ...entry, labels }, fields: own };
  });
}

function presentLabels(value: unknown): string[] {
  const { labels } = readCaseRow({ file: "image", labels: asLabels(value) });
  return labels.filter(({ status }) => status === "present").map(({ name }) => name);
}
