import type { Container } from "./container.ts";
import { readJpeg } from "./jpeg.ts";
import { readPng } from "./png.ts";
import { readTiff } from "./tiff.ts";
import { readWebp } from "./webp.ts";

const readers = [
  { signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], read: readPng },
  { signature: [0xff, 0xd8, 0xff], read: readJpeg },
  {
    signature: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
    read: readWebp,
  },
  { signature: [0x49, 0x49, 0x2a, 0x00], read: readTiff },
  { signature: [0x4d, 0x4d, 0x00, 0x2a], read: readTiff },
  { signature: [0x49, 0x49, 0x2b, 0x00], read: readTiff },
  { signature: [0x4d, 0x4d, 0x00, 0x2b], read: readTiff },
];

/** Reads the container that the magic number names; `null` where it is no PNG, JPEG, WebP or TIFF file. */
export function readContainer(bytes: Uint8Array): Container | null {
  const reader = readers.find(({ signature }) =>
    signature.every((byte, index) => byte === null || bytes[index] === byte),
  );
  return reader?.read(bytes) ?? null;
}
