import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { writeError } from "#platform";

/** A file of rows, one JSON object a line, as it is written. */
export type RowFile = {
  rows: number;
  write(row: unknown): Promise<void>;
  /** Resolves to the SHA-256 of what was written. */
  close(): Promise<string>;
} & AsyncDisposable;

/** Characters that are gathered before they are written. */
const gathered = 256 * 1024;

/** Begins a file. Memory does not grow with it. Throws, also later, `path-unwritable` and `disk-full`. */
export async function createRowFile(path: string): Promise<RowFile> {
  const refuse = (error: unknown) => Promise.reject(writeError(error, path));
  const handle: FileHandle = await open(path, "wx").catch(refuse);
  const hash = createHash("sha256");
  let buffer: string[] = [];
  let length = 0;
  let isOpen = true;
  const release = async () => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  const flush = async () => {
    if (length === 0) return;
    const bytes = Buffer.from(buffer.join(""));
    buffer = [];
    length = 0;
    hash.update(bytes);
    await handle.writeFile(bytes).catch(refuse);
  };
  const file: RowFile = {
    rows: 0,
    async write(row) {
      const line = `${JSON.stringify(row)}\n`;
      buffer.push(line);
      length += line.length;
      file.rows++;
      if (length >= gathered) await flush();
    },
    async close() {
      try {
        await flush();
      } finally {
        await release();
      }
      return hash.digest("hex");
    },
    [Symbol.asyncDispose]: release,
  };
  return file;
}
