import { damaged, truncated, unsupported } from "../../image-pixel.ts";
import { type HuffmanTable, makeHuffmanTable } from "./huffman.ts";

export type JpegComponent = { id: number; across: number; down: number; quantization: number };

/** What the start of frame says (ITU-T T.81, B.2.2). */
export type JpegFrame = {
  process: "sequential" | "progressive" | "lossless";
  precision: number;
  width: number;
  height: number;
  components: JpegComponent[];
};

type ScanComponent = { index: number; dc: HuffmanTable | undefined; ac: HuffmanTable | undefined };

/** A scan with the tables that hold at its start (B.2.3). */
export type JpegScan = {
  components: ScanComponent[];
  /** Start and end of the spectral selection; in a lossless scan the start is the predictor. */
  first: number;
  last: number;
  /** Successive approximation; in a lossless scan `low` is the point transform. */
  high: number;
  low: number;
  restartInterval: number;
  quantization: readonly (Uint16Array | undefined)[];
  /** Entropy-coded bytes, with stuffing and restart markers. */
  data: Uint8Array;
};

const scanLimit = 200;
const frames: Record<number, JpegFrame["process"]> = {
  192: "sequential",
  193: "sequential",
  194: "progressive",
  195: "lossless",
};

/** The color transform that Adobe's application segment names (0: none, 1: YCbCr), where there is one. */
type JpegPicture = { frame: JpegFrame; scans: JpegScan[]; adobe: number | undefined };

/**
 * Reads the segments of a JPEG picture up to its end marker (T.81 annex B). Throws `image-truncated` where it ends before that marker,
 * `dicom-form-unsupported` for arithmetic coding and hierarchical pictures.
 */
export function readSegments(bytes: Uint8Array, name: string): JpegPicture {
  const quantization: (Uint16Array | undefined)[] = [];
  const huffman = new Map<number, HuffmanTable>();
  const scans: JpegScan[] = [];
  let frame: JpegFrame | undefined;
  let restartInterval = 0;
  let adobe: number | undefined;
  let offset = 2;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw damaged(name, "holds something else than a JPEG picture");
  for (;;) {
    while (bytes[offset] === 0xff && bytes[offset + 1] === 0xff) offset += 1;
    if (offset + 2 > bytes.length) throw truncated(name);
    if (bytes[offset] !== 0xff) throw damaged(name, "has something else than a marker in its JPEG picture");
    const marker = bytes[offset + 1]!;
    if (marker === 0xd9) break;
    const end = offset + 2 + readUint16(bytes, offset + 2, name);
    if (end > bytes.length) throw truncated(name);
    const body = bytes.subarray(offset + 4, end);
    offset = end;
    if (marker === 0xdb) readQuantization(body, quantization, name);
    else if (marker === 0xc4) readHuffman(body, huffman, name);
    else if (marker === 0xee && body.length >= 12) adobe = body[11];
    else if (marker === 0xdd) restartInterval = readUint16(body, 0, name);
    else if (marker === 0xda) {
      if (!frame) throw damaged(name, "has a JPEG scan before its frame");
      if (scans.length >= scanLimit) throw damaged(name, `has more than ${scanLimit} JPEG scans`);
      offset = entropyEnd(bytes, end);
      const data = bytes.subarray(end, offset);
      const header = readScan(body, { frame, huffman, name });
      scans.push({ ...header, restartInterval, quantization: [...quantization], data });
    } else if (isStartOfFrame(marker)) {
      if (frame) throw damaged(name, "has two JPEG frames");
      const process = frames[marker];
      if (!process) throw unsupported(`${name} is coded by JPEG in a retired way.`, { name, marker });
      frame = readFrame(body, process, name);
    }
  }
  if (!frame || scans.length === 0) throw damaged(name, "has a JPEG picture without a scan");
  return { frame, scans, adobe };
}

/** SOF0 to SOF15: 0xC0–0xCF without DHT (C4), JPG (C8) and DAC (CC). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(body: Uint8Array, process: JpegFrame["process"], name: string): JpegFrame {
  const count = body[5] ?? 0;
  if (body.length < 6 + count * 3 || count < 1 || count > 4) throw damaged(name, "has a broken JPEG frame");
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0, quantization = 0] = body.subarray(6 + index * 3, 9 + index * 3);
    return { id, across: sampling >> 4, down: sampling & 15, quantization };
  });
  const areSampled = components.every(({ across, down }) => [across, down].every((n) => n >= 1 && n <= 4));
  if (!areSampled) throw damaged(name, "has JPEG components without a sampling factor");
  const [height, width] = [readUint16(body, 1, name), readUint16(body, 3, name)];
  return { process, precision: body[0]!, height, width, components };
}

type ScanContext = { frame: JpegFrame; huffman: Map<number, HuffmanTable>; name: string };

function readScan(body: Uint8Array, { frame, huffman, name }: ScanContext) {
  const count = body[0] ?? 0;
  if (body.length < 4 + count * 2 || count < 1) throw damaged(name, "has a broken JPEG scan");
  const components = Array.from({ length: count }, (_, order) => {
    const [id, selection = 0] = body.subarray(1 + order * 2, 3 + order * 2);
    const index = frame.components.findIndex((component) => component.id === id);
    if (index < 0) throw damaged(name, "has a JPEG scan of an unknown component");
    return { index, dc: huffman.get(selection >> 4), ac: huffman.get(0x10 | (selection & 15)) };
  });
  const [first = 0, last = 0, approximation = 0] = body.subarray(1 + count * 2);
  return { components, first, last, high: approximation >> 4, low: approximation & 15 };
}

/** Offset of the next marker that is no stuffed zero and no restart. */
function entropyEnd(bytes: Uint8Array, from: number): number {
  let offset = bytes.indexOf(0xff, from);
  while (offset >= 0 && offset + 1 < bytes.length) {
    const code = bytes[offset + 1]!;
    if (code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return offset;
    offset = bytes.indexOf(0xff, offset + 1);
  }
  return bytes.length;
}

/** Steps of quantization in zigzag order, 8 or 16 bits each (B.2.4.1). */
function readQuantization(body: Uint8Array, into: (Uint16Array | undefined)[], name: string): void {
  for (let offset = 0; offset < body.length; ) {
    const head = body[offset++]!;
    const size = head >> 4 ? 2 : 1;
    if (offset + 64 * size > body.length) throw damaged(name, "has a broken JPEG quantization table");
    const at = offset;
    into[head & 15] = Uint16Array.from({ length: 64 }, (_, index) =>
      size === 2 ? readUint16(body, at + index * 2, name) : body[at + index]!,
    );
    offset += 64 * size;
  }
}

/** Tables by class and destination: 0x00–0x0F for DC and lossless, 0x10–0x1F for AC (B.2.4.2). */
function readHuffman(body: Uint8Array, into: Map<number, HuffmanTable>, name: string): void {
  for (let offset = 0; offset < body.length; ) {
    const head = body[offset]!;
    const counts = body.subarray(offset + 1, offset + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const symbols = body.subarray(offset + 17, offset + 17 + total);
    const table = counts.length === 16 && symbols.length === total ? makeHuffmanTable(counts, symbols) : null;
    if (!table) throw damaged(name, "has a broken JPEG Huffman table");
    into.set(head & 0x1f, table);
    offset += 17 + total;
  }
}

function readUint16(bytes: Uint8Array, offset: number, name: string): number {
  if (offset + 2 > bytes.length) throw truncated(name);
  return (bytes[offset]! << 8) | bytes[offset + 1]!;
}
