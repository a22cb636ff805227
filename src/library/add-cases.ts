import { type Case, MedRoundsError } from "#contracts";
import {
  type CaseRow,
  caseFromRecord,
  caseRow,
  type DicomFacts,
  identifyDicom,
  isDicom,
  type ReadImage,
  readImage,
} from "#imaging";
import { documentKey } from "#knowledge";
import { canonicalJson, fileError, mapConcurrently, sha256 } from "#platform";
import type { Row } from "#store";
import { type Adder, conflict, placeOf } from "./add-documents.ts";
import { openIdentityKey } from "./identity-key.ts";
import { type Keyed, type KnownRow, settleItems } from "./known-content.ts";
import { dropFit } from "./similarity.ts";
import { hasStoredImage, storeImage } from "./stored-images.ts";

/**
 * A case before its image was read. `row.file` is the image's path below the folder that is added, or in its archive, and also the id
 * of a case without one; `file` and `line` are what a report names: the manifest and the row's line there, or the image alone.
 */
export type PendingCase = {
  row: CaseRow & { id: string };
  corpus: string;
  file: string;
  line?: number;
  /** The image's bytes; may be called again. */
  read(): Promise<Uint8Array>;
};

/** A case whose file is known, though not yet decoded. */
type KnownCase = PendingCase & Keyed;

export type CaseAdder = Adder & {
  /** Whether to refuse a DICOM image that has text in its pixels; it is flagged otherwise. */
  refuseBurnedIn: boolean;
};

const batchSize = 64;
const imagesAtOnce = 3;

/**
 * Cases are compared by content before their images are decoded; a commit a batch. A bad image is refused alone. Of a DICOM file only
 * what is left without identities enters the library: ids as keyed hashes, and the picture as it is shown.
 */
export function createCaseAdder(adder: CaseAdder): {
  add(pending: PendingCase): Promise<void>;
  flush(): Promise<void>;
} {
  let batch: PendingCase[] = [];
  const flush = async () => {
    const items = batch;
    batch = [];
    if (items.length > 0) await writeCases({ ...adder, items });
  };
  return {
    async add(pending) {
      batch.push(pending);
      if (batch.length >= batchSize) await flush();
    },
    flush,
  };
}

async function writeCases(request: CaseAdder & { items: readonly PendingCase[] }): Promise<void> {
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
  const known = await mapConcurrently(request.items, imagesAtOnce, (item) =>
    attempt(item, () => identify(request, item)),
  );
  await settleItems({
    collection: library.cases,
    keyColumn: "id",
    columns: ["record"],
    items: known.flat(),
    replace,
    unchanged: async (item, row) => {
      await attempt(item, async () => {
        await restoreImage({ ...request, item, row });
        report.unchanged.cases++;
      });
    },
    conflict: (item) => report.refuse({ ...placeOf(item), id: item.row.id, error: conflict(item.row.id) }),
    write: async (wanted) => {
      const made = await mapConcurrently(wanted, imagesAtOnce, ({ item, isNew }) =>
        attempt(item, async () => ({ isNew, row: await toRow(request, item) })),
      );
      const [fresh = [], changed = []] = [true, false].map((isNew) =>
        made.flat().filter((entry) => entry.isNew === isNew),
      );
      await library.cases.insert(fresh.map(({ row }) => row));
      report.added.cases += fresh.length;
      if (changed.length > 0) await dropFit(library);
      for (const { row } of changed) {
        await library.cases.replace({ rows: [row], filter: { type: "equals", column: "id", value: row.id } });
        report.replaced.cases++;
      }
    },
  });
}

async function identify({ library }: CaseAdder, item: PendingCase): Promise<KnownCase> {
  const bytes = await item.read();
  const fileHash = sha256(bytes);
  const row = isDicom(bytes)
    ? withFacts(
        item.row,
        await identifyDicom(bytes, { name: item.row.file, key: await openIdentityKey(library.folder) }),
      )
    : item.row;
  const { file: _file, ...described } = row;
  const contentHash = sha256(fileHash + canonicalJson(described));
  return { ...item, row, contentHash, key: documentKey({ corpus: item.corpus, id: row.id }) };
}

/** What a row says counts more than what its file says; the file's name, which may be a person's, is no id. */
function withFacts(row: PendingCase["row"], facts: DicomFacts): PendingCase["row"] {
  return {
    ...row,
    id: row.id === row.file ? facts.instanceId : row.id,
    patientId: row.patientId ?? facts.patientId,
    metadata: { ...facts.metadata, ...row.metadata },
  };
}

/** Stores the image of a case that the library has where it has lost the image itself. */
async function restoreImage(request: CaseAdder & { item: KnownCase; row: KnownRow }): Promise<void> {
  const { library, item, row } = request;
  const { image } = caseFromRecord(row.record ?? "");
  if (!(await hasStoredImage(library.folder, image))) await decodeAndStore(request, item);
}

async function decodeAndStore(
  { library, refuseBurnedIn }: CaseAdder,
  item: KnownCase,
): Promise<ReadImage & { address: string }> {
  const { file } = item.row;
  const read = await readImage(await item.read(), { name: file });
  if (refuseBurnedIn && read.burnedInText) {
    throw new MedRoundsError("burned-in-text", `${file} has text in its pixels, or seems to.`);
  }
  return { ...read, address: await storeImage({ folder: library.folder, ...read.stored }) };
}

async function toRow(adder: CaseAdder, item: KnownCase): Promise<Row> {
  const { library, report } = adder;
  const { row, contentHash, key, corpus } = item;
  const { image, kind, address, removed } = await decodeAndStore(adder, item);
  for (const note of image.notes) report.notes.push({ file: row.file, note });
  if (removed !== null) report.countDeidentified(removed);
  const { id: _id, file: _file, ...described } = row;
  const found: Case = {
    ...described,
    id: key,
    corpus,
    image: address,
    kind: kind.name,
    width: image.width,
    height: image.height,
    notes: image.notes,
  };
  return caseRow({ case: found, contentHash, image, embedder: library.embedder });
}
