import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import { caseFromRecord } from "#imaging";
import { writeError } from "#platform";
import type { Collection } from "#store";

/**
 * The images that cases use, as one number an image: about 50 bytes of memory a case, however long addresses are. Two images may, once
 * in ten thousand libraries of a million, share a number; then one that is not used passes for used, never the other way around.
 */
export type UsedImages = { add(address: string): void; has(address: string): boolean };

export function createUsedImages(): UsedImages {
  const numbers = new Set<number>();
  // 13 hexadecimal digits are 52 bits, which a number holds exactly.
  const numberOf = (address: string) => Number.parseInt(address.slice(0, 13), 16);
  return {
    add: (address) => numbers.add(numberOf(address)),
    has: (address) => numbers.has(numberOf(address)),
  };
}

/** Files of the image folder: images by their address, and what an interrupted write left. */
export async function* readImageFiles(
  folder: string,
): AsyncGenerator<{ file: string; name: string; isPart: boolean }> {
  const images = join(folder, "images");
  const prefixes = await readdir(images).catch(() => []);
  for (const prefix of prefixes.toSorted()) {
    for (const name of (await readdir(join(images, prefix)).catch(() => [])).toSorted()) {
      yield { file: join(images, prefix, name), name, isPart: name.endsWith(".part") };
    }
  }
}

/**
 * Deletes the images that no case uses, and what interrupted writes left of images; resolves to how many images there were. To be
 * called by the library's only writer. Where a case can't be read it deletes nothing and throws `library-unreadable`.
 */
export async function sweepImages(library: { folder: string; cases: Collection }): Promise<number> {
  const used = createUsedImages();
  for await (const rows of library.cases.scan({ columns: ["record"] })) {
    for (const { row } of rows) used.add(readImageAddress(row.id, row.record ?? ""));
  }
  let images = 0;
  for await (const { file, name, isPart } of readImageFiles(library.folder)) {
    if (!isPart && used.has(name)) continue;
    await rm(file, { force: true }).catch((error: unknown) => {
      throw writeError(error, file);
    });
    if (!isPart) images++;
  }
  return images;
}

function readImageAddress(id: string, record: string): string {
  try {
    return caseFromRecord(record).image;
  } catch (cause) {
    throw new MedRoundsError("library-unreadable", `The case ${id} can't be read.`, { id }, { cause });
  }
}
