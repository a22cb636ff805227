import { randomBytes, randomUUID } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { MedRoundsError } from "#contracts";
import { fileError, writeError } from "#platform";

const keyBytes = 32;

/**
 * The key of the pseudonyms: 64 hexadecimal digits in a file that only its owner may read. Makes the file where it is missing; of
 * several processes that do so at once all get the same key. Whoever loses the file cannot add to the same patients any more, and
 * whoever has it can try out identities.
 *
 * Throws `key-invalid` where the file holds something else, `path-unreadable`, `path-unwritable`, `disk-full`.
 */
export async function openKeyFile(file: string): Promise<Uint8Array> {
  const text = (await readKey(file)) ?? (await makeKey(file));
  if (!/^[0-9a-f]{64}\s*$/i.test(text)) {
    throw new MedRoundsError("key-invalid", "The key file does not hold 64 hexadecimal digits.", { file });
  }
  await chmod(file, 0o600).catch(() => undefined);
  return Buffer.from(text.trim(), "hex");
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(error, file);
  }
}

/** A link appears whole or not at all, and only one process can make it. */
async function makeKey(file: string): Promise<string> {
  const temporary = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, `${randomBytes(keyBytes).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    return await readFile(file, "utf8");
  } catch (error) {
    throw writeError(error, file);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
