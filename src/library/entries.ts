import type { Case, LibraryEntry } from "#contracts";
import { caseFromRecord } from "#imaging";
import { passageFromRecord } from "#knowledge";
import type { Library } from "./library.ts";
import { readStoredImage } from "./stored-images.ts";

/** The passage or case of this id, a passage with its neighbors in the document; undefined where there is none. */
export async function findEntry(library: Library, id: string): Promise<LibraryEntry | undefined> {
  const [row] = await library.passages.find({ filter: byId(id), columns: ["document"] });
  if (!row) {
    const found = await findCase(library, id);
    return found && { type: "case", case: found };
  }
  const filter = { type: "equals", column: "document", value: row.document ?? "" } as const;
  const rows = await library.passages.find({ filter, columns: ["record"] });
  const passages = rows.map(({ record }) => passageFromRecord(record ?? ""));
  passages.sort((a, b) => a.source.start - b.source.start);
  const index = passages.findIndex((passage) => passage.id === id);
  const passage = passages[index];
  if (!passage) return undefined;
  return {
    type: "passage",
    passage,
    before: passages[index - 1] ?? null,
    after: passages[index + 1] ?? null,
  };
}

/** The stored image of a case, as it lies in the library; undefined where there is no such case. */
export async function findCaseImage(
  library: Library,
  id: string,
): Promise<{ address: string; bytes: Uint8Array } | undefined> {
  const found = await findCase(library, id);
  return found && { address: found.image, bytes: await readStoredImage(library.folder, found.image) };
}

async function findCase(library: Library, id: string): Promise<Case | undefined> {
  const [row] = await library.cases.find({ filter: byId(id), columns: ["record"] });
  return row && caseFromRecord(row.record ?? "");
}

function byId(id: string) {
  return { type: "equals", column: "id", value: id } as const;
}
