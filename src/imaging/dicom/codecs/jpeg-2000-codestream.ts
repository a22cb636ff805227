import { damaged, truncated } from "../image-pixel.ts";
import { type CodedPicture, endsWithMarker } from "./coded-picture.ts";

const markers = {
  capabilities: 0xff50,
  startOfCodestream: 0xff4f,
  size: 0xff51,
  coding: 0xff52,
  startOfTile: 0xff90,
  end: 0xffd9,
};

type Codestream = {
  codestream: Uint8Array;
  picture: CodedPicture;
  /** Whether the three components were mixed by a color transform (RCT or ICT). */
  isColorTransformed: boolean;
  /** Whether its blocks are coded as T.814 (Part 15) has it. */
  isHighThroughput: boolean;
};

/** Bit of the capabilities that stands for Part 15 (T.800 A.5.2). */
const part15 = 0x0002_0000;

/**
 * Walks the markers of a JPEG 2000 codestream (T.800 annex A), also inside a JP2 file, without decoding: decoders draw one that was
 * cut off as if it were whole. Throws `image-truncated` where a tile-part or the end marker is missing.
 */
export function readCodestream(bytes: Uint8Array, name: string): Codestream {
  const start = findStart(bytes);
  if (start < 0) throw damaged(name, "has no JPEG 2000 picture where its transfer syntax promises one");
  const codestream = bytes.subarray(start);
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.length);
  let size: Size | undefined;
  const tiles = new Set<number>();
  let isColorTransformed = false;
  let isHighThroughput = false;
  let offset = 2;
  for (;;) {
    if (offset + 2 > view.byteLength) throw truncated(name);
    const marker = view.getUint16(offset);
    if (marker === markers.end) break;
    if (offset + 12 > view.byteLength) throw truncated(name);
    const length = view.getUint16(offset + 2);
    if (marker === markers.size) size = readSize(view, offset, name);
    if (marker === markers.capabilities) isHighThroughput = (view.getUint32(offset + 4) & part15) !== 0;
    if (marker === markers.coding) isColorTransformed = view.getUint8(offset + 8) === 1;
    if (marker === markers.startOfTile) {
      tiles.add(view.getUint16(offset + 4));
      const tilePart = view.getUint32(offset + 6);
      // Zero: the last tile-part, which reaches to the end marker.
      if (tilePart === 0 && !endsWithMarker(codestream)) throw truncated(name);
      if (tilePart === 0) break;
      if (tilePart < 14) throw damaged(name, "has a broken JPEG 2000 tile");
      offset += tilePart;
    } else {
      if (length < 2 || marker < 0xff00) throw damaged(name, "has a broken JPEG 2000 header");
      offset += 2 + length;
    }
  }
  if (!size) throw damaged(name, "has a JPEG 2000 picture without a size");
  if (tiles.size !== size.tiles) throw truncated(name, { tiles: size.tiles, found: tiles.size });
  isColorTransformed &&= size.picture.components === 3;
  return { codestream, picture: size.picture, isColorTransformed, isHighThroughput };
}

type Size = { picture: CodedPicture; tiles: number };

/** Size, offset, tiles and components (A.5.1); components of unlike depth or subsampled are not read. */
function readSize(view: DataView, offset: number, name: string): Size {
  if (offset + 40 > view.byteLength) throw truncated(name);
  const [right, bottom, left, top, tileWidth, tileHeight, tileLeft, tileTop] = Array.from(
    { length: 8 },
    (_, index) => view.getUint32(offset + 6 + index * 4),
  ) as [number, number, number, number, number, number, number, number];
  const components = view.getUint16(offset + 38);
  if (offset + 40 + components * 3 > view.byteLength) throw truncated(name);
  const depth = view.getUint8(offset + 40);
  for (let component = 0; component < components; component++) {
    const [own, across, down] = [0, 1, 2].map((at) => view.getUint8(offset + 40 + component * 3 + at));
    if (own !== depth || across !== 1 || down !== 1)
      throw damaged(name, "has JPEG 2000 components of unlike form");
  }
  const precision = (depth & 0x7f) + 1;
  const picture = {
    width: right - left,
    height: bottom - top,
    components,
    precision,
    isSigned: depth > 0x7f,
  };
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight);
  return { picture, tiles };
}

/** The start of codestream followed by its size, at the front or behind the boxes of a JP2 file. */
function findStart(bytes: Uint8Array): number {
  const signature = Uint8Array.of(0xff, 0x4f, 0xff, 0x51);
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).indexOf(signature);
}
