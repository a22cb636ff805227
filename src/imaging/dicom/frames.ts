import type { PixelCodec } from "./codecs/codec.ts";
import { nativeFrameBits } from "./codecs/native.ts";
import type { DataSet } from "./data-set.ts";
import { damaged, type ImagePixel, truncated } from "./image-pixel.ts";
import { tags } from "./tags.ts";
import { readNumbers } from "./values.ts";

/** Gives the bytes of the frame with this index, from 0. */
export type FrameReader = (index: number) => Uint8Array;

/**
 * Opens the frames of an image after checking that all are there: uncompressed, rows × columns × samples × bits × frames; compressed,
 * fragments that account for each frame. Throws `image-truncated`, `dicom-damaged`.
 */
export function openFrames(codec: PixelCodec, dataSet: DataSet, image: ImagePixel): FrameReader {
  if (!codec.encapsulated) return openNative(image);
  const frames = joinFragments(dataSet, image);
  return (index) => frames[index]!;
}

function openNative(image: ImagePixel): FrameReader {
  const { element, frames, name } = image;
  if (element.fragments) throw damaged(name, "has fragments where its transfer syntax has none");
  const bits = nativeFrameBits(image);
  const expected = Math.ceil((bits * frames) / 8);
  const actual = element.bytes.length;
  if (actual < expected) throw truncated(name, { expected, actual });
  return (index) => sliceBits(element.bytes, index * bits, bits);
}

/** 1-bit frames follow one another without a gap, so that one may begin inside a byte (PS3.5 8.1.1). */
function sliceBits(bytes: Uint8Array, from: number, count: number): Uint8Array {
  const start = Math.floor(from / 8);
  const shift = from % 8;
  const length = Math.ceil(count / 8);
  if (shift === 0) return bytes.subarray(start, start + length);
  const aligned = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    const next = bytes[start + index + 1] ?? 0;
    aligned[index] = (bytes[start + index]! >> shift) | (next << (8 - shift));
  }
  return aligned;
}

function joinFragments(dataSet: DataSet, image: ImagePixel): Uint8Array[] {
  const { name, element, frames } = image;
  const [table, ...fragments] = element.fragments ?? [];
  if (!table) throw damaged(name, "has no fragments where its transfer syntax has them");
  const firsts = firstFragments({ table, fragments, frames, dataSet });
  if (firsts === null) throw damaged(name, "has fragments that can't be told apart into frames", { frames });
  if (firsts.length < frames) throw truncated(name, { frames, found: firsts.length });
  const lengths = readNumbers(dataSet, tags.extendedOffsetTableLengths);
  return firsts.map((first, index) => {
    const parts = fragments.slice(first, firsts[index + 1]);
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    const length = lengths[index] ?? bytes.length;
    if (bytes.length === 0 || length > bytes.length) throw truncated(name, { frame: index + 1 });
    return bytes.subarray(0, length);
  });
}

type Fragments = { table: Uint8Array; fragments: Uint8Array[]; frames: number; dataSet: DataSet };

/**
 * Index of the first fragment of each frame: one frame has them all; else as an offset table says (extended, PS3.3 C.7.6.3.1.8, or
 * basic, PS3.5 A.4); else one fragment a frame, or a new frame wherever a fragment begins as a JPEG picture does.
 */
function firstFragments({ table, fragments, frames, dataSet }: Fragments): number[] | null {
  if (frames === 1) return fragments.length > 0 ? [0] : [];
  const extended = readNumbers(dataSet, tags.extendedOffsetTable);
  const basic = Array.from({ length: table.length >> 2 }, (_, index) => readUint32(table, index * 4));
  for (const offsets of [extended, basic]) {
    const firsts = offsets.length === frames ? atOffsets(offsets, fragments) : null;
    if (firsts) return firsts;
  }
  if (fragments.length <= frames) return fragments.map((_, index) => index);
  const starts = fragments.flatMap((fragment, index) => (beginsPicture(fragment) ? [index] : []));
  return starts.length === frames && starts[0] === 0 ? starts : null;
}

/** Offsets count from the first fragment's item tag; each item has a header of 8 bytes. */
function atOffsets(offsets: number[], fragments: Uint8Array[]): number[] | null {
  const indexes = new Map<number, number>();
  let position = 0;
  fragments.forEach((fragment, index) => {
    indexes.set(position, index);
    position += 8 + fragment.length;
  });
  const firsts = offsets.map((offset) => indexes.get(offset) ?? -1);
  const ascends = firsts.every((first, index) => first > (firsts[index - 1] ?? -1));
  return firsts[0] === 0 && ascends ? firsts : null;
}

/** Start of image of JPEG and JPEG-LS, or start of codestream of JPEG 2000. */
function beginsPicture(fragment: Uint8Array): boolean {
  const [first, second, third] = fragment;
  return first === 0xff && third === 0xff && (second === 0xd8 || second === 0x4f);
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(offset, true);
}
