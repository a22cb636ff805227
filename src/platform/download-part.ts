import { type FileHandle, open, readFile, rename, rm, stat, truncate } from "node:fs/promises";
import { writeError } from "./file-error.ts";
import { writeFileAtomically } from "./files.ts";

/**
 * The beginning of a file that is being downloaded, beside its place: `<file>.part`, and in `<file>.part.json` what tells whether
 * the server still has the same file.
 */
export type PartFile = {
  path: string;
  size(): Promise<number>;
  /** The validator of the bytes so far (RFC 9110, section 8.8): a strong ETag, or a date. */
  readValidator(): Promise<string | undefined>;
  /** Makes the part empty, and remembers the validator of what will be written. */
  begin(validator: string | undefined): Promise<void>;
  append(pieces: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Promise<void>;
  /** Puts the part in the file's place. */
  finish(): Promise<void>;
  discard(): Promise<void>;
};

export function openPart(file: string): PartFile {
  const path = `${file}.part`;
  const notes = `${path}.json`;
  const told = async <Result>(work: () => Promise<Result>) => {
    try {
      return await work();
    } catch (error) {
      throw writeError(error, file);
    }
  };
  const size = () =>
    stat(path).then(
      (status) => status.size,
      () => 0,
    );
  const discard = async () => {
    await rm(path, { force: true });
    await rm(notes, { force: true });
  };
  return {
    path,
    size,
    readValidator: async () => {
      const text = await readFile(notes, "utf8").catch(() => "{}");
      return readNotes(text);
    },
    begin: (validator) =>
      told(async () => {
        if ((await size()) > 0) await truncate(path);
        await writeFileAtomically(notes, JSON.stringify(validator === undefined ? {} : { validator }));
      }),
    append: (pieces, onBytes) => told(() => appendPieces(path, { pieces, onBytes })),
    finish: () =>
      told(async () => {
        await rename(path, file);
        await rm(notes, { force: true });
      }),
    discard: () => told(discard),
  };
}

function readNotes(text: string): string | undefined {
  try {
    const { validator } = JSON.parse(text) as { validator?: unknown };
    return typeof validator === "string" ? validator : undefined;
  } catch {
    return undefined;
  }
}

async function appendPieces(
  path: string,
  { pieces, onBytes }: { pieces: AsyncIterable<Uint8Array>; onBytes: (bytes: number) => void },
): Promise<void> {
  const handle: FileHandle = await open(path, "a");
  try {
    for await (const piece of pieces) {
      await handle.appendFile(piece);
      onBytes(piece.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
