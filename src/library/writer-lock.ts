import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MedRoundsError } from "#contracts";
import { isRunningProcess, ownProcessMark, writeError } from "#platform";

/** The locks of this process: two additions in it must not be taken for one. */
const heldHere = new Set<string>();

/** A lock without its owner is about to get it, or its owner was killed before. */
const writingMilliseconds = 5_000;
/** Two commands that take over the same dead lock are told apart after this time. */
const takeOverMilliseconds = 200;

/**
 * Makes the caller the only writer of a library until the lock is disposed of. A lock whose process has ended, or whose id
 * another process has now, is taken over; that of another host never is. Throws `library-busy` while another writes,
 * `path-unwritable` and `disk-full`.
 */
export async function lockForWriting(folder: string): Promise<AsyncDisposable> {
  const file = join(folder, "writer.lock");
  const mark = await ownMark();
  if (heldHere.has(file)) throw busy(file, readOwner(mark));
  heldHere.add(file);
  try {
    await takeFile(file, mark);
  } catch (error) {
    heldHere.delete(file);
    throw writeError(error, file);
  }
  return {
    [Symbol.asyncDispose]: async () => {
      if ((await readLock(file)) === mark) await rm(file, { force: true });
      heldHere.delete(file);
    },
  };
}

/** Whether a command holds the writer's lock of a library, or one that has ended left it. */
export async function readLockState(folder: string): Promise<"free" | "held" | "stale"> {
  const file = join(folder, "writer.lock");
  if (!(await stat(file).catch(() => undefined))) return "free";
  return (await isHeld(file, await readLock(file))) ? "held" : "stale";
}

type Owner = { id?: number; host?: string };

async function ownMark(): Promise<string> {
  // `token` tells two locks of one process apart.
  return JSON.stringify({ ...JSON.parse(await ownProcessMark()), host: hostname(), token: randomUUID() });
}

function readOwner(mark: string): Owner {
  try {
    const { id, host } = JSON.parse(mark) as Record<string, unknown>;
    return { ...(typeof id === "number" ? { id } : {}), ...(typeof host === "string" ? { host } : {}) };
  } catch {
    return {};
  }
}

function readLock(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

async function takeFile(file: string, mark: string): Promise<void> {
  try {
    await writeFile(file, mark, { flag: "wx" });
    return;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const found = await readLock(file);
  if (await isHeld(file, found)) throw busy(file, readOwner(found));
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, mark);
  await rename(temporary, file);
  await pause(takeOverMilliseconds);
  const now = await readLock(file);
  if (now !== mark) throw busy(file, readOwner(now));
}

async function isHeld(file: string, mark: string): Promise<boolean> {
  const { id, host } = readOwner(mark);
  if (id === undefined) {
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
    return Date.now() - mtimeMs < writingMilliseconds;
  }
  return (host !== undefined && host !== hostname()) || isRunningProcess(mark);
}

function busy(file: string, { id, host }: Owner): MedRoundsError {
  const who = id === undefined ? "Another command" : `Process ${id}${host ? ` on ${host}` : ""}`;
  return new MedRoundsError("library-busy", `${who} is writing to this library (lock file ${file}).`, {
    process: id ?? null,
    host: host ?? null,
    file,
  });
}
