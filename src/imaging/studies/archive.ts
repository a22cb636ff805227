import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { MedRoundsError } from "#contracts";
import { fileError, safeRelativePath } from "#platform";

/** A file of an archive; nothing of it is unpacked before it is read. */
type ArchivedFile = {
  /** Its path in the archive, with "/" between the parts; never one that leads out of a folder. */
  name: string;
  /** Unpacked. */
  bytes: number;
  /** Throws `archive-broken`, `archive-nested` (it is an archive itself) and `file-encrypted`. */
  read: () => Promise<Uint8Array>;
};

/** An open archive; close it when its files are read. */
export type Archive = { files: ArchivedFile[] } & AsyncDisposable;

const megabyte = 1024 * 1024;
const limits = { entries: 100_000, fileBytes: 1024 * megabyte, bytes: 64 * 1024 * megabyte, expansion: 200 };
const expansionGrace = 64 * megabyte;

/**
 * Opens a ZIP archive (PKWARE APPNOTE 6.3.10, also ZIP64) and lists its files. More than 100,000 entries, a file above 1 GB, 64 GB in
 * all, a 200-fold expansion beyond 64 MB, links, and paths that lead out of a folder are refused before anything is unpacked; what is
 * unpacked can't be longer than its entry says.
 *
 * @throws MedRoundsError `archive-unsafe`, `archive-broken`, `path-missing`, `path-unreadable`.
 */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw translate(error, path);
  });
  try {
    return { files: await listFiles(zip), [Symbol.asyncDispose]: async () => zip.close() };
  } catch (error) {
    zip.close();
    throw translate(error, path);
  }
}

async function listFiles(zip: ZipFile): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  let bytes = 0;
  if (zip.entryCount > limits.entries) throw unsafe(`has more than ${limits.entries} entries`);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue;
    bytes += entry.uncompressedSize;
    requireFile(entry);
    if (bytes > limits.bytes || (bytes > expansionGrace && bytes > limits.expansion * zip.fileSize)) {
      throw unsafe("unpacks to more than an archive of its size should");
    }
    files.push({ name: entry.fileName, bytes: entry.uncompressedSize, read: () => readEntry(zip, entry) });
  }
  return files;
}

const fileType = 0o170000;
const regularFile = 0o100000;

/** The file's mode stands in the upper half where a Unix system made the archive (APPNOTE 4.4.15); zero says nothing. */
function requireFile(entry: Entry): void {
  const type = (entry.externalFileAttributes >>> 16) & fileType;
  if (type !== 0 && type !== regularFile) throw unsafe("holds a link or a device");
  if (safeRelativePath(entry.fileName) === undefined)
    throw unsafe("holds a path that leads out of its folder");
  if (entry.uncompressedSize > limits.fileBytes) throw unsafe("holds a file above 1 GB");
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  if (entry.isEncrypted()) {
    throw new MedRoundsError("file-encrypted", "A file of the archive needs a password.");
  }
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
    const bytes = Buffer.concat(chunks);
    if (crc32(bytes) !== entry.crc32) throw broken();
    if (isArchive(bytes)) {
      throw new MedRoundsError("archive-nested", "A file of the archive is an archive itself.");
    }
    return bytes;
  } catch (error) {
    throw MedRoundsError.is(error) ? error : broken(error);
  }
}

/** ZIP, gzip, 7-Zip, RAR, by their magic numbers. */
function isArchive(bytes: Buffer): boolean {
  return /^(?:504b0304|504b0506|1f8b08|377abcaf|52617221)/.test(bytes.toString("hex", 0, 4));
}

function unsafe(what: string): MedRoundsError {
  return new MedRoundsError("archive-unsafe", `The archive ${what}.`);
}

function broken(cause?: unknown): MedRoundsError {
  return new MedRoundsError("archive-broken", "The archive is damaged or incomplete.", {}, { cause });
}

/** The words of the reader stay out: they quote names of entries. */
function translate(error: unknown, path: string): unknown {
  const told = fileError(error, path);
  if (MedRoundsError.is(told)) return told;
  const isPath =
    error instanceof Error && /relative path|absolute path|invalid characters/.test(error.message);
  return isPath ? unsafe("holds a path that leads out of its folder") : broken(error);
}
