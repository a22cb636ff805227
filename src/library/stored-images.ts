import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256, writeFileAtomically } from "#platform";

/**
 * Stores an image where it is not there, or not whole, and resolves to its address in the library: SHA-256 of its stored bytes,
 * with extension. Throws `path-unwritable` and `disk-full`.
 */
export async function storeImage(request: {
  folder: string;
  bytes: Uint8Array;
  extension: string;
}): Promise<string> {
  const address = `${sha256(request.bytes)}.${request.extension}`;
  const file = imageFile(request.folder, address);
  if (!(await holds(file, request.bytes.length))) await writeFileAtomically(file, request.bytes);
  return address;
}

export function readStoredImage(folder: string, address: string): Promise<Uint8Array> {
  return readFile(imageFile(folder, address));
}

function imageFile(folder: string, address: string): string {
  return join(folder, "images", address.slice(0, 2), address);
}

/** Whether the library still has the image of an address. */
export async function hasStoredImage(folder: string, address: string): Promise<boolean> {
  return holds(imageFile(folder, address));
}

async function holds(file: string, bytes?: number): Promise<boolean> {
  const size = await stat(file).then(
    (status) => status.size,
    () => 0,
  );
  return bytes === undefined ? size > 0 : size === bytes;
}
