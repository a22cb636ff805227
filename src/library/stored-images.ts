import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256, writeFileAtomically } from "#platform";

/** The address of an image in a library: SHA-256 of its stored bytes, with extension. */
export async function storeImage(request: {
  folder: string;
  bytes: Uint8Array;
  extension: string;
}): Promise<string> {
  const address = `${sha256(request.bytes)}.${request.extension}`;
  const file = imageFile(request.folder, address);
  if (!(await exists(file))) await writeFileAtomically(file, request.bytes);
  return address;
}

export function readStoredImage(folder: string, address: string): Promise<Uint8Array> {
  return readFile(imageFile(folder, address));
}

function imageFile(folder: string, address: string): string {
  return join(folder, "images", address.slice(0, 2), address);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
