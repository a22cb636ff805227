import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { transferSyntaxes, writeDicomImage } from "./dicom-writer.ts";
import { plantedFiles } from "./planted-identities.ts";

const realFolder = join(import.meta.dirname, "../../../shared/data/dicom/files");
const rows = 24;
const columns = 32;
const wave = (index: number) => Math.round(128 + 100 * Math.sin(index / 9) * Math.cos(index / 70));

/** Small valid files made by code: each form that the writer knows. */
export async function madeSeeds(): Promise<Uint8Array[]> {
  const size = { rows, columns };
  const deep = Array.from({ length: rows * columns }, (_, index) => wave(index) * 16);
  const bytes = Uint8Array.from({ length: rows * columns }, (_, index) => wave(index));
  const colors = Uint8Array.from({ length: rows * columns * 3 }, (_, index) => wave(index));
  const jpeg = await sharp(bytes, { raw: { width: columns, height: rows, channels: 1 } })
    .jpeg()
    .toBuffer();
  const { implicitLittleEndian, explicitBigEndian, deflated, rle, jpegBaseline } = transferSyntaxes;
  return [
    ...[undefined, implicitLittleEndian, explicitBigEndian, deflated].map((transferSyntax) =>
      writeDicomImage({
        ...size,
        pixels: deep,
        bitsStored: 12,
        ...(transferSyntax ? { transferSyntax } : {}),
      }),
    ),
    writeDicomImage({ ...size, pixels: deep.map((value) => value - 2_048), signed: true, meta: null }),
    writeDicomImage({ ...size, pixels: Buffer.concat([bytes, bytes, bytes]), bitsAllocated: 8, frames: 3 }),
    writeDicomImage({ ...size, pixels: colors, bitsAllocated: 8, samples: 3 }),
    writeDicomImage({ ...size, pixels: colors, bitsAllocated: 8, samples: 3, photometric: "YBR_FULL" }),
    writeDicomImage({
      ...size,
      pixels: { fragments: [rleFrame(bytes), rleFrame(bytes)] },
      bitsAllocated: 8,
      frames: 2,
      transferSyntax: rle,
    }),
    writeDicomImage({
      ...size,
      pixels: { fragments: [jpeg] },
      bitsAllocated: 8,
      transferSyntax: jpegBaseline,
    }),
    ...plantedFiles(2).map(({ bytes: planted }) => planted),
  ];
}

/** Real files of at most 64 kB, where the real data is. */
export function realSeeds(): Uint8Array[] {
  if (!existsSync(realFolder)) return [];
  return readdirSync(realFolder)
    .sort()
    .map((name) => join(realFolder, name))
    .filter((file) => statSync(file).size <= 64 * 1024)
    .map((file) => readFileSync(file));
}

/** One segment of literal runs (PS3.5 annex G). */
function rleFrame(bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(64, 4);
  const runs: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += 128) {
    const run = bytes.subarray(from, from + 128);
    runs.push(Buffer.from([run.length - 1]), Buffer.from(run));
  }
  return Buffer.concat([header, ...runs]);
}
