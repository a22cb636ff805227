import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";

/** The locks of this process: two additions in it must not be taken for one. */
const heldHere = new Set<string>();

/**
 * Makes the caller the only writer of a library until the lock is disposed of. A lock whose process has ended is taken
 * over. Throws `library-busy` while another writes.
 */
export async function lockForWriting(folder: string): Promise<AsyncDisposable> {
  const file = join(folder, "writer.lock");
  if (heldHere.has(file)) throw busy(process.pid);
  heldHere.add(file);
  try {
    await takeFile(file);
  } catch (error) {
    heldHere.delete(file);
    throw error;
  }
  return {
    [Symbol.asyncDispose]: async () => {
      await rm(file, { force: true });
      heldHere.delete(file);
    },
  };
}

async function takeFile(file: string): Promise<void> {
  let owner = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      owner = Number(await readFile(file, "utf8").catch(() => ""));
      if (await isHeld(file, owner)) throw busy(owner);
      await rm(file, { force: true });
    }
  }
  throw busy(owner);
}

function busy(owner: number): MedRoundsError {
  return new MedRoundsError("library-busy", "Another command is writing to this library.", {
    process: owner,
  });
}

async function isHeld(file: string, owner: number): Promise<boolean> {
  // Not held here: in a container a killed command may have had the process id that this one has now.
  if (owner === process.pid) return false;
  return owner > 0 ? isRunning(owner) : isBeingWritten(file);
}

/** A lock without its owner's number is about to get it, or its owner was killed before. */
async function isBeingWritten(file: string): Promise<boolean> {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs < 5_000;
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
