import { chunkName, viewOf } from "./chunk-reader.ts";
import type { Container } from "./container.ts";

/** The chunks of which the pixels and their gray or color scale are made; none can carry text. */
const plainChunks = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "pHYs"]);

/** Walks the chunks of a PNG file (W3C PNG, third edition, section 5). */
export function readPng(bytes: Uint8Array): Container {
  const view = viewOf(bytes);
  const container: Container = {
    mediaType: "image/png",
    width: 0,
    height: 0,
    complete: false,
    plain: true,
    frames: 1,
  };
  let offset = 8;
  while (!container.complete && offset + 12 <= bytes.length) {
    const length = view.getUint32(offset);
    const name = chunkName(bytes, offset + 4);
    const data = offset + 8;
    if (name === "IHDR" && data + 8 <= bytes.length) {
      container.width = view.getUint32(data);
      container.height = view.getUint32(data + 4);
    }
    if (name === "acTL" && data + 4 <= bytes.length) {
      container.frames = view.getUint32(data);
    }
    container.plain &&= plainChunks.has(name);
    offset = data + length + 4;
    container.complete = name === "IEND" && offset <= bytes.length;
  }
  container.plain &&= offset === bytes.length;
  return container;
}
