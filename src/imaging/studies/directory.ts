import { readdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedRoundsError } from "#contracts";
import { containedPath, fileError, readBoundedFile } from "#platform";
import type { DicomFile } from "../dicom/data-set.ts";
import { readDicom } from "../dicom/read-dicom.ts";
import { readItems, readNumber, readTexts } from "../dicom/values.ts";

/** The files of a medium, below the folder of its DICOMDIR. */
export type DirectoryFiles = {
  /** Real path of the folder. */
  folder: string;
  /** Real paths, each once, in the order of the records. */
  files: string[];
  /** Files that it names but that are not there, or lie outside the folder. `file` is as the record has it. */
  refused: { file: string; error: unknown }[];
};

const directoryRecords = 0x00041220;
const recordInUse = 0x00041410;
const referencedFile = 0x00041500;

/**
 * The files that a DICOMDIR lists (PS3.3 annex F, PS3.10 section 8). Names are found in any case and with the version number of
 * ISO 9660, as they come from discs; a name or a link that leads out of the folder is refused.
 *
 * @throws MedRoundsError `path-missing`, `path-unreadable`, `file-too-large`, and what reading a DICOM file throws.
 */
export async function readDirectory(path: string): Promise<DirectoryFiles> {
  const real = await realpath(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  const bytes = await readBoundedFile(real);
  const folder = dirname(real);
  const files = new Set<string>();
  const refused: DirectoryFiles["refused"] = [];
  for (const parts of listReferencedFiles(readDicom(bytes, { name: "DICOMDIR" }))) {
    try {
      files.add(await findBelow(folder, parts));
    } catch (error) {
      refused.push({ file: parts.join("/"), error });
    }
  }
  return { folder, files: [...files], refused };
}

/** The file ids of the records in use, each as the parts of a path (PS3.10 8.2). */
function listReferencedFiles({ dataSet }: DicomFile): string[][] {
  const records = readItems(dataSet, directoryRecords);
  const used = records.filter((record) => readNumber(record, recordInUse) !== 0);
  return used.map((record) => readTexts(record, referencedFile)).filter((parts) => parts.length > 0);
}

async function findBelow(folder: string, parts: readonly string[]): Promise<string> {
  let place = folder;
  for (const part of parts) {
    if (["", ".", ".."].includes(part) || /[/\\\0:]/.test(part)) {
      throw new MedRoundsError("file-outside-folder", "A record of the DICOMDIR leads out of its folder.");
    }
    place = await containedPath(folder, join(place, await nameOnDisk(place, part)));
  }
  return place;
}

/** The entry's name as the disk has it; the part itself where no entry is like it. */
async function nameOnDisk(folder: string, part: string): Promise<string> {
  const entries = await readdir(folder).catch((): string[] => []);
  const plain = (name: string) => name.toLowerCase().replace(/\.?(?:;\d+)?$/, "");
  return entries.includes(part) ? part : (entries.find((name) => plain(name) === plain(part)) ?? part);
}
