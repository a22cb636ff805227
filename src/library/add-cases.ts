import type { Case } from "#contracts";
import { type CaseRow, caseFromRecord, caseRow, type DecodedImage, decodeImage, storedImage } from "#imaging";
import { documentKey } from "#knowledge";
import { canonicalJson, containedPath, fileError, mapConcurrently, readBoundedFile, sha256 } from "#platform";
import type { Row } from "#store";
import { type Adder, conflict, placeOf } from "./add-documents.ts";
import { type Keyed, type KnownRow, settleItems } from "./known-content.ts";
import { hasStoredImage, storeImage } from "./stored-images.ts";

/**
 * A case before its image was read. `folder` is the real path of the folder that is added, `row.file` the image's path below it;
 * `file` and `line` are what a report names: the manifest and the row's line there, or the image alone.
 */
export type PendingCase = {
  row: CaseRow & { id: string };
  folder: string;
  corpus: string;
  file: string;
  line?: number;
};

type ReadCase = PendingCase & Keyed & { bytes: Uint8Array };

const batchSize = 64;
const imagesAtOnce = 3;

/** Cases are compared by content before their images are decoded; a commit a batch. A bad image is refused alone. */
export function createCaseAdder({ library, report, replace }: Adder): {
  add(pending: PendingCase): Promise<void>;
  flush(): Promise<void>;
} {
  let batch: PendingCase[] = [];
  const flush = async () => {
    const items = batch;
    batch = [];
    if (items.length > 0) await writeCases({ library, report, replace, items });
  };
  return {
    async add(pending) {
      batch.push(pending);
      if (batch.length >= batchSize) await flush();
    },
    flush,
  };
}

async function writeCases(request: Adder & { items: readonly PendingCase[] }): Promise<void> {
  const { library, report, replace } = request;
  const attempt = async <Result>(item: PendingCase, work: () => Promise<Result>) => {
    try {
      return [await work()];
    } catch (error) {
      const { id, file } = item.row;
      report.refuse({ ...placeOf(item), id, error: fileError(error, file) });
      return [];
    }
  };
  const read = await mapConcurrently(request.items, imagesAtOnce, (item) =>
    attempt(item, () => readCase(item)),
  );
  await settleItems({
    collection: library.cases,
    keyColumn: "id",
    columns: ["record"],
    items: read.flat(),
    replace,
    unchanged: async (item, known) => {
      await attempt(item, async () => {
        await restoreImage({ library, item, known });
        report.unchanged.cases++;
      });
    },
    conflict: (item) => report.refuse({ ...placeOf(item), id: item.row.id, error: conflict(item.row.id) }),
    write: async (wanted) => {
      const made = await mapConcurrently(wanted, imagesAtOnce, ({ item, isNew }) =>
        attempt(item, async () => ({ isNew, row: await toRow({ library, report, item }) })),
      );
      const [fresh = [], changed = []] = [true, false].map((isNew) =>
        made.flat().filter((entry) => entry.isNew === isNew),
      );
      await library.cases.insert(fresh.map(({ row }) => row));
      report.added.cases += fresh.length;
      for (const { row } of changed) {
        await library.cases.replace({ rows: [row], filter: { type: "equals", column: "id", value: row.id } });
        report.replaced.cases++;
      }
    },
  });
}

async function readCase(item: PendingCase): Promise<ReadCase> {
  const { file: path, ...described } = item.row;
  const bytes = await readBoundedFile(await containedPath(item.folder, path));
  const contentHash = sha256(sha256(bytes) + canonicalJson(described));
  return { ...item, bytes, contentHash, key: documentKey({ corpus: item.corpus, id: item.row.id }) };
}

/** Stores the image of a case that the library has where it has lost the image itself. */
async function restoreImage(request: {
  library: Adder["library"];
  item: ReadCase;
  known: KnownRow;
}): Promise<void> {
  const { library, item, known } = request;
  const { image } = caseFromRecord(known.record ?? "");
  if (!(await hasStoredImage(library.folder, image))) await decodeAndStore({ library, item });
}

async function decodeAndStore(request: {
  library: Adder["library"];
  item: ReadCase;
}): Promise<{ image: DecodedImage; address: string }> {
  const { library, item } = request;
  const image = await decodeImage(item.bytes, { name: item.row.file });
  const stored = await storedImage(item.bytes, image);
  return { image, address: await storeImage({ folder: library.folder, ...stored }) };
}

async function toRow({ library, report, item }: Omit<Adder, "replace"> & { item: ReadCase }): Promise<Row> {
  const { row, contentHash, key, corpus } = item;
  const { image, address } = await decodeAndStore({ library, item });
  for (const note of image.notes) report.notes.push({ file: row.file, note });
  const { id: _id, file: _file, ...described } = row;
  const found: Case = {
    ...described,
    id: key,
    corpus,
    image: address,
    width: image.width,
    height: image.height,
    notes: image.notes,
  };
  return caseRow({ case: found, contentHash, image, embedder: library.embedder });
}
