import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writeError } from "./file-error.ts";

/** A file of lines, written whole or not at all: disposed of before `commit`, it leaves what was there. */
export type LineFile = AsyncDisposable & {
  write(line: string): Promise<void>;
  /** Puts the file in its place, and tells what it holds. */
  commit(): Promise<{ lines: number; sha256: string }>;
};

const flushAbove = 256 * 1024;

/** Throws `path-unwritable` and `disk-full`, as its methods do. */
export async function openLineFile(file: string): Promise<LineFile> {
  const part = `${file}.${randomUUID()}.part`;
  const guarded = <Result>(work: () => Promise<Result>) =>
    work().catch((error: unknown) => {
      throw writeError(error, file);
    });
  const handle = await guarded(async () => {
    await mkdir(dirname(file), { recursive: true });
    return open(part, "wx");
  });
  const hash = createHash("sha256");
  let pending = "";
  let lines = 0;
  let closed = false;
  const flush = () =>
    guarded(async () => {
      hash.update(pending);
      await handle.appendFile(pending);
      pending = "";
    });
  return {
    async write(line) {
      pending += `${line}\n`;
      lines++;
      if (pending.length > flushAbove) await flush();
    },
    async commit() {
      await flush();
      await guarded(async () => {
        await handle.close();
        closed = true;
        await rename(part, file);
      });
      return { lines, sha256: hash.digest("hex") };
    },
    async [Symbol.asyncDispose]() {
      if (!closed) await handle.close();
      await rm(part, { force: true });
    },
  };
}
