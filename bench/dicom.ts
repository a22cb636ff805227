/**
 * DICOM X-rays of 2,000 × 2,000 pixels on two cores: from file to thumbnail, beside pydicom, numpy and Pillow in the same run, and into
 * a library. `node --conditions=medrounds-source bench/dicom.ts`, on a quiet machine; needs python3, and a package index for the peers.
 */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addToLibrary, openLibraryAt } from "#assembly";
import { decodeImage, encodeThumbnail } from "#imaging";
import { mapConcurrently, readBoundedFile } from "#platform";
import { createRandom } from "#statistics";
import { writeDicomImage } from "../test/support/dicom-writer.ts";
import { printFigures } from "./measure.ts";
import { installPeers, runPeer } from "./peers.ts";

const side = 2_000;
const files = 24;
const times = 5;
const threads = 2;

await installPeers();
const folder = await mkdtemp(join(tmpdir(), "medrounds-dicom-"));
try {
  const xrays = join(folder, "xrays");
  await writeXrays(xrays);
  const given = [xrays, String(times), String(threads)] as const;
  const [peer] = await runPeer<{ name: string; rate: number }>("pydicom_thumbnails.py", ...given);
  printFigures([
    {
      what: `DICOM, ${side} × ${side}, 16 bits: decoded, windowed, thumbnail`,
      value: await thumbnailRate(xrays),
      unit: "a second",
      target: "≥ 40",
      ...(peer ? { peer: { name: peer.name, value: peer.rate } } : {}),
    },
    {
      what: "the same into a library: de-identified, PNG, descriptor",
      value: await ingestRate(xrays, join(folder, "library")),
      unit: "a second",
      target: "",
    },
  ]);
} finally {
  await rm(folder, { recursive: true });
}

async function thumbnailRate(folder: string): Promise<number> {
  const names = (await readdir(folder)).map((name) => join(folder, name));
  const thumbnail = async (file: string) => {
    const image = await decodeImage(await readBoundedFile(file), { name: file });
    await encodeThumbnail(image.raster, 256);
  };
  await mapConcurrently(names, threads, thumbnail);
  const all = Array.from({ length: times }, () => names).flat();
  const began = performance.now();
  await mapConcurrently(all, threads, thumbnail);
  return all.length / ((performance.now() - began) / 1000);
}

async function ingestRate(xrays: string, libraryFolder: string): Promise<number> {
  using library = await openLibraryAt(libraryFolder, { create: true });
  const { added, seconds } = await addToLibrary({ library, paths: [xrays] });
  return added.cases / seconds;
}

/** Soft waves with noise, 12 of 16 bits stored, as a detector would give them. */
async function writeXrays(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let file = 0; file < files; file++) {
    const random = createRandom(file);
    const values = new Uint16Array(side * side);
    for (let index = 0; index < values.length; index++) {
      const wave = Math.sin((index % side) / (90 + file)) * Math.cos(index / side / 70);
      values[index] = 2_000 + 1_500 * wave + 120 * random();
    }
    const bytes = writeDicomImage({
      rows: side,
      columns: side,
      pixels: new Uint8Array(values.buffer),
      bitsStored: 12,
      elements: [
        [0x00080018, "UI", `1.2.3.${file + 1}`],
        [0x00080060, "CS", "DX"],
        [0x00281050, "DS", "2048"],
        [0x00281051, "DS", "3500"],
        [0x00281052, "DS", "0"],
        [0x00281053, "DS", "1"],
      ],
    });
    await writeFile(join(folder, `${file}.dcm`), bytes);
  }
}
