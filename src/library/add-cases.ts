import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Case, MedRoundsError } from "#contracts";
import { type CaseRow, caseRow, decodeImage, storedImage } from "#imaging";
import { canonicalJson, containedPath, fileError, mapConcurrently, sha256 } from "#platform";
import type { Row } from "#store";
import { type Adder, at, conflict } from "./add-documents.ts";
import { compareWithLibrary, type Keyed } from "./known-content.ts";
import { storeImage } from "./stored-images.ts";

/** A case before its image was read. `folder` is the real path of the folder that is added, `file` what a report names. */
export type PendingCase = { row: CaseRow; folder: string; corpus: string; file: string; line?: number };

type ReadCase = PendingCase & Keyed & { bytes: Uint8Array };

const batchSize = 64;
const imagesAtOnce = 3;
const imageFileLimit = 256 * 1024 * 1024;

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
  const refuse = (item: PendingCase, error: unknown) =>
    report.refuse({ file: item.line ? item.row.file : item.file, ...at(item), id: item.row.id, error });
  const attempt = async <Result>(item: PendingCase, work: () => Promise<Result>) => {
    try {
      return [await work()];
    } catch (error) {
      refuse(item, fileError(error, item.row.file));
      return [];
    }
  };
  const read = await mapConcurrently(request.items, imagesAtOnce, (item) =>
    attempt(item, () => readCase(item)),
  );
  const compared = await compareWithLibrary({
    collection: library.cases,
    keyColumn: "id",
    items: read.flat(),
  });
  const wanted = compared.filter(({ item, state }) => {
    if (state === "unchanged") report.unchanged.cases++;
    if (state === "changed" && !replace) refuse(item, conflict(item.row.id));
    return state === "new" || (state === "changed" && replace);
  });
  const rows = await mapConcurrently(wanted, imagesAtOnce, ({ item, state }) =>
    attempt(item, async () => ({ state, row: await toRow({ library, report, item }) })),
  );
  const fresh = rows.flat().filter(({ state }) => state === "new");
  await library.cases.insert(fresh.map(({ row }) => row));
  report.added.cases += fresh.length;
  for (const { row, state } of rows.flat()) {
    if (state === "new") continue;
    await library.cases.replace({ rows: [row], filter: { type: "equals", column: "id", value: row.id } });
    report.replaced.cases++;
  }
}

async function readCase(item: PendingCase): Promise<ReadCase> {
  const { file: path, ...described } = item.row;
  const file = await containedPath(item.folder, path);
  const { size } = await stat(file);
  if (size > imageFileLimit) {
    throw new MedRoundsError("file-too-large", `${basename(path)} is larger than 256 MB.`, { bytes: size });
  }
  const bytes = await readFile(file);
  const contentHash = sha256(sha256(bytes) + canonicalJson(described));
  return { ...item, bytes, contentHash, key: `${item.corpus}/${item.row.id}` };
}

async function toRow({ library, report, item }: Omit<Adder, "replace"> & { item: ReadCase }): Promise<Row> {
  const { row, bytes, contentHash, key, corpus } = item;
  const image = await decodeImage(bytes, { name: row.file });
  const stored = await storedImage(bytes, image);
  for (const note of image.notes) report.notes.push({ file: row.file, note });
  const { id: _id, file: _file, ...described } = row;
  const found: Case = {
    ...described,
    id: key,
    corpus,
    image: await storeImage({ folder: library.folder, ...stored }),
    width: image.width,
    height: image.height,
    notes: image.notes,
  };
  return caseRow({
    case: found,
    contentHash,
    pixelHash: image.pixelHash,
    vector: library.embedder.embed(image),
  });
}
