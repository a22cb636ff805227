import { chunkName, viewOf } from "./chunk-reader.ts";
import type { Container } from "./container.ts";

const plainChunks = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"]);

/** Walks the chunks of a WebP file (RFC 9649, section 2). */
export function readWebp(bytes: Uint8Array): Container {
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true);
  const container: Container = {
    mediaType: "image/webp",
    width: 0,
    height: 0,
    complete: false,
    plain: true,
    frames: 0,
  };
  let offset = 12;
  let hasPixels = false;
  while (offset + 8 <= Math.min(end, bytes.length)) {
    const length = view.getUint32(offset + 4, true);
    const name = chunkName(bytes, offset);
    const size = readSize(name, bytes.subarray(offset + 8, offset + 18));
    if (size !== null && container.width === 0) {
      Object.assign(container, size);
    }
    hasPixels ||= name === "VP8 " || name === "VP8L" || name === "ANMF";
    container.frames += name === "ANMF" ? 1 : 0;
    container.plain &&= plainChunks.has(name);
    offset += 8 + length + (length % 2);
  }
  container.frames = Math.max(1, container.frames);
  container.complete = hasPixels && end <= bytes.length && offset <= end + 1;
  container.plain &&= end === bytes.length;
  return container;
}

/** Width and height from the start of a canvas, lossless or lossy chunk; `null` for any other chunk. */
function readSize(name: string, data: Uint8Array): { width: number; height: number } | null {
  if (data.length < 10) {
    return null;
  }
  const view = viewOf(data);
  if (name === "VP8X") {
    return { width: 1 + (view.getUint32(3, true) >>> 8), height: 1 + (view.getUint32(6, true) >>> 8) };
  }
  if (name === "VP8L") {
    const packed = view.getUint32(1, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  if (name === "VP8 ") {
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  return null;
}
