import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writeError } from "#platform";

/** Writes a file of JSON lines, whole or not at all: disposed of before `commit`, it leaves what was there. */
export type LineWriter = AsyncDisposable & {
  write(value: unknown): Promise<void>;
  /** Puts the file in its place. */
  commit(): Promise<void>;
};

const flushAbove = 256 * 1024;

/** Throws `path-unwritable` and `disk-full`, as its methods do. */
export async function openLineWriter(file: string): Promise<LineWriter> {
  const part = `${file}.${randomUUID()}.part`;
  const guarded = <Result>(work: () => Promise<Result>) =>
    work().catch((error: unknown) => {
      throw writeError(error, file);
    });
  const handle = await guarded(async () => {
    await mkdir(dirname(file), { recursive: true });
    return open(part, "wx");
  });
  let pending = "";
  let closed = false;
  const flush = () =>
    guarded(async () => {
      await handle.appendFile(pending);
      pending = "";
    });
  return {
    async write(value) {
      pending += `${JSON.stringify(value)}\n`;
      if (pending.length > flushAbove) await flush();
    },
    async commit() {
      await flush();
      await guarded(async () => {
        await handle.close();
        closed = true;
        await rename(part, file);
      });
    },
    async [Symbol.asyncDispose]() {
      if (!closed) await handle.close();
      await rm(part, { force: true });
    },
  };
}
