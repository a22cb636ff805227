import { basename, join } from "node:path";
import { MedRoundsError } from "#contracts";
import { isDicom, openArchive } from "#imaging";
import { containedPath, readBoundedFile } from "#platform";
import { type AddReport, newReport } from "./report.ts";
import { findSources, isDicomName, isDirectoryName, type Source } from "./sources.ts";

/** A file whose bytes can be read, again and again. `name` is its path below the folder, or in the archive, that was named. */
type ReadableFile = { name: string; read(): Promise<Uint8Array> };

const megabyte = 1024 * 1024;
const entryLimit = 256 * megabyte;

/** Files that come with images on discs and hold none. */
const companions =
  /\.(?:bat|bmp|cab|cfg|chm|com|css|dat|db|dll|doc|docx|exe|gif|htm|html|ico|inf|ini|jar|jpeg|jpg|js|json|log|md|pdf|png|rtf|sh|swf|txt|url|xml|xsl|xslt|zip)$/i;

/** `skipped` are the names of files that are no DICOM files. */
type DicomArchive = { files: ReadableFile[]; skipped: string[] } & AsyncDisposable;

/** The DICOM files of a ZIP archive, which stays open until it is disposed of. Throws as `openArchive` of imaging does. */
export async function openDicomArchive(path: string): Promise<DicomArchive> {
  const archive = await openArchive(path);
  const files: ReadableFile[] = [];
  const skipped: string[] = [];
  for (const { name, bytes, read } of archive.files) {
    const readWhole = () => (bytes <= entryLimit ? read() : Promise.reject(tooLarge(name, bytes)));
    if (isDirectoryName(name)) continue;
    if (isDicomName(name) || (!companions.test(name) && isDicom(await readWhole().catch(nothing)))) {
      files.push({ name, read: readWhole });
    } else skipped.push(name);
  }
  return { files, skipped, [Symbol.asyncDispose]: () => archive[Symbol.asyncDispose]() };
}

/**
 * The DICOM files that are meant by a file, a folder, a ZIP archive or a DICOMDIR. What can't be read is refused, all else counted as
 * skipped, by extension. Archives stay open until it is disposed of. Throws as `findSources` does.
 */
export async function findDicomFiles(
  path: string,
): Promise<{ files: ReadableFile[] } & Pick<AddReport, "refused" | "skipped"> & AsyncDisposable> {
  const report = newReport();
  const files: ReadableFile[] = [];
  const archives: DicomArchive[] = [];
  for (const source of await findSources({ path, report })) {
    const { type, folder, name, corpus } = source;
    if (type === "dicom") files.push({ name, read: () => readSource(source) });
    else if (type === "archive") {
      try {
        const archive = await openDicomArchive(join(folder, name));
        archives.push(archive);
        for (const inside of archive.files) files.push({ ...inside, name: `${name}/${inside.name}` });
        for (const skipped of archive.skipped) report.skip(skipped);
      } catch (error) {
        report.refuse({ file: name, corpus, error });
      }
    } else report.skip(name);
  }
  return {
    files,
    refused: report.refused,
    skipped: report.skipped,
    [Symbol.asyncDispose]: async () => {
      for (const archive of archives) await archive[Symbol.asyncDispose]();
    },
  };
}

/** The bytes of a file that was found, if it still lies in its folder. */
export async function readSource({ folder, name }: Pick<Source, "folder" | "name">): Promise<Uint8Array> {
  return readBoundedFile(await containedPath(folder, name));
}

function nothing(): Uint8Array {
  return new Uint8Array();
}

function tooLarge(name: string, bytes: number): MedRoundsError {
  const message = `${basename(name)} is larger than ${entryLimit / megabyte} MB.`;
  return new MedRoundsError("file-too-large", message, { bytes, limit: entryLimit });
}
