import { type CaseEntry, caseFromRecord, caseToEntry } from "#imaging";
import type { Collection } from "#store";
import type { ScannedRow } from "./batches.ts";
import type { Library } from "./library.ts";

/**
 * All cases of a library as a search knows them, with the vectors of its image encoders in their order. The stores give rows in much
 * the same order, so that little is held while the tables are read beside each other.
 */
export async function* libraryEntries(
  library: Pick<Library, "cases" | "imageVectors">,
): AsyncGenerator<CaseEntry> {
  const encoders = library.imageVectors.map(({ collection }) => openVectorReader(collection));
  try {
    const columns = ["pixelHash", "record"];
    for await (const rows of library.cases.scan({ columns, vectors: true })) {
      for (const { row, vector = new Float32Array() } of rows) {
        const found = caseFromRecord(row.record ?? "");
        const encoded = [];
        for (const reader of encoders) encoded.push(await reader.read(found));
        yield caseToEntry({ case: found, pixelHash: row.pixelHash ?? "", vector, encoded });
      }
    }
  } finally {
    for (const reader of encoders) await reader.close();
  }
}

/** Reads the vectors of an encoder by case; those that come before they are asked for are held. A vector of an older image is none. */
function openVectorReader(collection: Collection) {
  const scan = collection.scan({ columns: ["image"], vectors: true })[Symbol.asyncIterator]();
  const held = new Map<string, ScannedRow>();
  const readMore = async () => {
    const { done, value } = await scan.next();
    for (const scanned of value ?? []) held.set(scanned.row.id, scanned);
    return !done;
  };
  return {
    async read({ id, image }: { id: string; image: string }): Promise<Float32Array | undefined> {
      while (!held.has(id) && (await readMore()));
      const found = held.get(id);
      held.delete(id);
      return found?.row.image === image ? found.vector : undefined;
    },
    close: () => scan.return?.(),
  };
}
