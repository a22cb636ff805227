import { damaged, type ImagePixel, truncated } from "../image-pixel.ts";
import { bytesPerSample } from "../pixel-array.ts";
import type { PixelCodec } from "./codec.ts";
import { readStoredSamples } from "./native.ts";

const headerLength = 64;

/**
 * RLE lossless (PS3.5 annex G): a segment for each byte of each sample, the most significant byte first, each one a plane packed as
 * PackBits. A segment that gives fewer bytes than the frame has pixels is refused.
 */
export const rle: PixelCodec = {
  syntaxes: [{ uid: "1.2.840.10008.1.2.5", name: "RLE Lossless" }],
  encapsulated: true,
  decodeFrame: (bytes, image) => {
    const sampleBytes = bytesPerSample(image.type);
    const pixels = image.rows * image.columns;
    const planeLength = image.bitsAllocated === 1 ? Math.ceil(pixels / 8) : pixels;
    const segments = readSegments(bytes, image);
    const stride = image.samples * sampleBytes;
    const frame = new Uint8Array(planeLength * stride);
    segments.forEach((segment, index) => {
      const sample = Math.floor(index / sampleBytes);
      const byte = sampleBytes - 1 - (index % sampleBytes);
      unpackSegment(segment, { frame, from: sample * sampleBytes + byte, stride, count: planeLength, image });
    });
    return { data: readStoredSamples(frame, { ...image, planar: false }) };
  },
};

function readSegments(bytes: Uint8Array, image: ImagePixel): Uint8Array[] {
  if (bytes.length < headerLength) throw truncated(image.name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  const count = view.getUint32(0, true);
  const expected = image.samples * bytesPerSample(image.type);
  if (count !== expected) throw damaged(image.name, `has ${count} RLE segments instead of ${expected}`);
  const starts = Array.from({ length: count }, (_, index) => view.getUint32(4 + index * 4, true));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? bytes.length;
    if (start < headerLength || end < start) throw damaged(image.name, "has RLE segments that overlap");
    if (end > bytes.length) throw truncated(image.name);
    return bytes.subarray(start, end);
  });
}

type Target = { frame: Uint8Array; from: number; stride: number; count: number; image: ImagePixel };

/** PackBits into every `stride`-th byte of the frame (PS3.5 G.3.2). */
function unpackSegment(segment: Uint8Array, { frame, from, stride, count, image }: Target): void {
  const end = from + count * stride;
  let offset = 0;
  let to = from;
  while (to < end) {
    if (offset + 1 >= segment.length) throw truncated(image.name);
    const control = segment[offset++]!;
    if (control < 128) {
      if (offset + control + 1 > segment.length) throw truncated(image.name);
      for (let run = control + 1; run > 0 && to < end; run--, to += stride) frame[to] = segment[offset++]!;
    } else if (control > 128) {
      const value = segment[offset++]!;
      for (let run = 257 - control; run > 0 && to < end; run--, to += stride) frame[to] = value;
    }
  }
}
