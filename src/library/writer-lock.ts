import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";

const heldHere = new Set<string>();

/**
 * Makes this process the only writer of a library until the lock is disposed of. A lock whose process has ended is taken
 * over. Throws `library-busy` while another process writes.
 */
export async function lockForWriting(folder: string): Promise<AsyncDisposable> {
  const file = join(folder, "writer.lock");
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      heldHere.add(file);
      return {
        [Symbol.asyncDispose]: async () => {
          heldHere.delete(file);
          await rm(file, { force: true });
        },
      };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const owner = Number(await readFile(file, "utf8").catch(() => ""));
      // In a container a killed command may have had the process id that this one has now.
      const held = owner === process.pid ? heldHere.has(file) : owner > 0 && isRunning(owner);
      if (held) {
        throw new MedRoundsError("library-busy", "Another command is writing to this library.", {
          process: owner,
        });
      }
      await rm(file, { force: true });
    }
  }
  throw new MedRoundsError("library-busy", "Another command is writing to this library.");
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
