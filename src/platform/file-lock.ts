import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { MedRoundsError } from "#contracts";
import { writeError } from "./file-error.ts";
import { isRunningProcess, ownProcessMark } from "./process-mark.ts";

/** Who holds a lock, in words, and as facts. */
type LockHolder = {
  who: string;
  facts: { process: number | null; host: string | null; file: string };
};

/** The locks of this process: two holders in it must not be taken for one. */
const heldHere = new Set<string>();

/** A lock without its owner is about to get it, or its owner was killed before. */
const writingMilliseconds = 5_000;
/** Two commands that take over the same dead lock are told apart after this time. */
const takeOverMilliseconds = 200;

/**
 * Makes the caller the only holder of a lock file until the lock is disposed of. A lock whose process has ended, or whose id another
 * process has now, is taken over; that of another host never is. Throws what `busy` makes while another holds it, `path-unwritable` and
 * `disk-full`.
 */
export async function lockFile(
  file: string,
  busy: (holder: LockHolder) => MedRoundsError,
): Promise<AsyncDisposable> {
  const mark = await ownMark();
  const refuse = (found: string) => busy(holderOf(file, readOwner(found)));
  if (heldHere.has(file)) throw refuse(mark);
  heldHere.add(file);
  try {
    await takeFile(file, { mark, refuse });
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

/** Whether a process holds the lock, or one that has ended left it. */
export async function readLockState(file: string): Promise<"free" | "held" | "stale"> {
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

async function takeFile(
  file: string,
  { mark, refuse }: { mark: string; refuse: (found: string) => MedRoundsError },
): Promise<void> {
  try {
    await writeFile(file, mark, { flag: "wx" });
    return;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const found = await readLock(file);
  if (await isHeld(file, found)) throw refuse(found);
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, mark);
  await rename(temporary, file);
  await pause(takeOverMilliseconds);
  const now = await readLock(file);
  if (now !== mark) throw refuse(now);
}

async function isHeld(file: string, mark: string): Promise<boolean> {
  const { id, host } = readOwner(mark);
  if (id === undefined) {
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
    return Date.now() - mtimeMs < writingMilliseconds;
  }
  return (host !== undefined && host !== hostname()) || isRunningProcess(mark);
}

function holderOf(file: string, { id, host }: Owner): LockHolder {
  const who = id === undefined ? "Another command" : `Process ${id}${host ? ` on ${host}` : ""}`;
  return { who, facts: { process: id ?? null, host: host ?? null, file } };
}
