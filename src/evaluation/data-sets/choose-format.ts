import { stat } from "node:fs/promises";
import { MedRoundsError } from "#contracts";
import type { DataFile, DataSetFormat, FileKind, Row } from "./data-set-format.ts";
import type { FoundFile, FoundFiles } from "./find-files.ts";
import { dataSetFormats } from "./formats/list.ts";
import { fileKind } from "./rows/file-kind.ts";
import { readRows } from "./rows/read-rows.ts";

/** A format with the files that are of it. */
export type ChosenFormat = { format: DataSetFormat; files: readonly DataFile[] };

type Peeked = FoundFile & { kind: FileKind; first: First };

/** The first good row of a file; else whether there is no row at all, or none that can be read. */
type First = Row["value"] | "empty" | "unreadable";

/** So many bad rows may stand in front of the first good one. */
const patience = 20;

/**
 * The format of a data set and its files: the one that is named, else the only one that the first rows of the files fit. Throws
 * `data-set-unclear` where they fit several or none, naming them, and the errors of reading a file.
 */
export async function chooseFormat(request: {
  found: FoundFiles;
  format?: string | undefined;
  signal?: AbortSignal | undefined;
}): Promise<ChosenFormat> {
  const { found, signal } = request;
  const formats = request.format === undefined ? dataSetFormats : [formatNamed(request.format)];
  const peeked: Peeked[] = [];
  for (const file of found.files) {
    const kind = await fileKind(file.path, signal);
    if (kind) peeked.push({ ...file, kind, first: await firstRow({ path: file.path, kind, signal }) });
  }
  const chosen = formats.flatMap((format) => {
    const files = peeked.filter((file) => isOf({ file, format, found }));
    return files.length > 0 ? [{ format, files }] : [];
  });
  if (chosen.length === 1 && chosen[0]) return chosen[0];
  const areEmpty = peeked.every(({ first }) => first === "empty");
  if (areEmpty && (await areBlank(found.files, peeked))) throw empty(found);
  // A file that was named with its format is tried even if its first rows are strange.
  const [file] = peeked;
  const [format] = formats;
  if (request.format !== undefined && !found.isFolder && file && format) return { format, files: [file] };
  throw unclear({ found, chosen, named: request.format });
}

function formatNamed(name: string): DataSetFormat {
  const format = dataSetFormats.find((candidate) => candidate.name === name);
  if (format) return format;
  const message = `There is no form of data sets called ${name.slice(0, 60)}; there are ${allNames()}.`;
  throw new MedRoundsError("data-set-unclear", message, { format: name });
}

function allNames(): string {
  return dataSetFormats.map(({ name }) => name).join(", ");
}

function isOf(request: { file: Peeked; format: DataSetFormat; found: FoundFiles }): boolean {
  const { file, format, found } = request;
  const name = file.place.split("/").at(-1) ?? "";
  if (found.isFolder && format.fileName && !format.fileName.test(name)) return false;
  return typeof file.first !== "string" && format.recognizes(file.first, file.kind);
}

async function firstRow(file: {
  path: string;
  kind: FileKind;
  signal?: AbortSignal | undefined;
}): Promise<First> {
  let left = patience;
  try {
    for await (const entry of readRows(file, { signal: file.signal, most: 1 })) {
      if (entry.type === "row") return entry.value;
      if (--left === 0) return "unreadable";
    }
  } catch (error) {
    // A damaged file among others is of no format; read by name, it says what is wrong.
    if (!MedRoundsError.is(error) || error.code !== "file-damaged") throw error;
    return "unreadable";
  }
  return left === patience ? "empty" : "unreadable";
}

/** Of the files that were not peeked into, since a blank one is of no kind; false where there is no file at all. */
async function areBlank(files: readonly FoundFile[], peeked: readonly Peeked[]): Promise<boolean> {
  const known = new Set(peeked.map(({ path }) => path));
  for (const { path } of files) if (!known.has(path) && (await stat(path)).size > 0) return false;
  return files.length > 0;
}

function empty({ name, root, isFolder }: FoundFiles): MedRoundsError {
  const message = isFolder
    ? `The files in the folder ${name} hold no rows.`
    : `The file ${name} holds no rows.`;
  return new MedRoundsError("data-set-invalid", message, { path: root });
}

function unclear(request: {
  found: FoundFiles;
  chosen: readonly ChosenFormat[];
  named: string | undefined;
}): MedRoundsError {
  const { found, chosen, named } = request;
  if (chosen.length > 1) {
    const names = chosen.map(({ format }) => format.name).join(", ");
    const message = `${found.name} may be of several forms: ${names}.`;
    return new MedRoundsError("data-set-unclear", message, { formats: names });
  }
  const what = found.isFolder ? `No file in the folder ${found.name} is` : `The file ${found.name} is not`;
  const which = named === undefined ? `of a form that is known: ${allNames()}` : `of the form ${named}`;
  return new MedRoundsError("data-set-unclear", `${what} ${which}.`, { path: found.root });
}
