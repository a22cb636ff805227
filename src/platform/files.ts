import { randomUUID } from "node:crypto";
import { mkdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { MedRoundsError } from "#contracts";
import { fileError, writeError } from "./file-error.ts";

/**
 * Writes a whole file or nothing: the content goes beside it first and is then renamed into its place. Throws `path-unwritable`
 * and `disk-full`.
 */
export async function writeFileAtomically(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(error, file);
  }
}

/**
 * The real path of `file` inside `folder`. Throws `file-outside-folder` where the path, or a link on the way, leads out
 * of the folder, and `path-missing` where nothing is there. `folder` must be a real path.
 */
export async function containedPath(folder: string, file: string): Promise<string> {
  const wanted = resolve(folder, file);
  const outside = () =>
    new MedRoundsError("file-outside-folder", `${basename(file)} lies outside the folder that is added.`);
  if (!isInside(folder, wanted)) throw outside();
  let real: string;
  try {
    real = await realpath(wanted);
  } catch (error) {
    throw fileError(error, file);
  }
  if (!isInside(folder, real)) throw outside();
  return real;
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== ".." && !path.startsWith(`..${sep}`) && resolve(folder, path) === file && path !== "";
}

/**
 * A path from elsewhere, with "/" between its parts, as a path of this system; undefined where it could lead out of the folder that it
 * is joined to.
 */
export function safeRelativePath(path: string): string | undefined {
  const parts = path.split("/");
  const isSafe = (part: string) => !["", ".", ".."].includes(part) && !/[\\\0]|^[a-z]:/i.test(part);
  return path.length <= 1_024 && parts.every(isSafe) ? join(...parts) : undefined;
}
