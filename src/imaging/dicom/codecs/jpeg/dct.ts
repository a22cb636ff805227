import { damaged, truncated } from "../../image-pixel.ts";
import { type BlockState, blockReader } from "./blocks.ts";
import { readIntervals } from "./huffman.ts";
import { inverseDct } from "./inverse-dct.ts";
import type { JpegComponent, JpegFrame, JpegScan } from "./segments.ts";

/** Positions of coefficients in the order in which they are coded (T.81 figure A.6). */
const zigzag = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48],
  ...[41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23],
  ...[30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);

/** The coefficients of one component: blocks from left to right, padded to whole units of the interleaved scan. */
type Plane = JpegComponent & {
  blocksAcross: number;
  blocksDown: number;
  paddedAcross: number;
  coefficients: Int16Array;
  /** Steps of quantization: the table that held at the component's first scan. */
  steps?: Uint16Array;
};

/** Decodes a sequential or progressive picture (T.81 annexes F, G): samples of a pixel side by side, `precision` bits. */
export function decodeDct(frame: JpegFrame, scans: JpegScan[], name: string): Uint16Array {
  const { precision, width, height, components } = frame;
  if (precision !== 8 && precision !== 12) throw damaged(name, `has a JPEG picture of ${precision} bits`);
  const unitsAcross = Math.ceil(width / (8 * widest(frame, "across")));
  const unitsDown = Math.ceil(height / (8 * widest(frame, "down")));
  const planes = components.map((component) => makePlane(component, frame, { unitsAcross, unitsDown }));
  for (const scan of scans) decodeScan({ scan, frame, planes, units: { unitsAcross, unitsDown }, name });
  const samples = new Uint16Array(width * height * components.length);
  for (const [index, plane] of planes.entries()) writePlane({ plane, frame, index, samples, name });
  return samples;
}

function widest({ components }: JpegFrame, direction: "across" | "down"): number {
  return Math.max(...components.map((component) => component[direction]));
}

type Units = { unitsAcross: number; unitsDown: number };

function makePlane(component: JpegComponent, frame: JpegFrame, { unitsAcross, unitsDown }: Units): Plane {
  const paddedAcross = unitsAcross * component.across;
  return {
    ...component,
    blocksAcross: Math.ceil((frame.width * component.across) / widest(frame, "across") / 8),
    blocksDown: Math.ceil((frame.height * component.down) / widest(frame, "down") / 8),
    paddedAcross,
    coefficients: new Int16Array(paddedAcross * unitsDown * component.down * 64),
  };
}

type ScanTarget = { scan: JpegScan; frame: JpegFrame; planes: Plane[]; units: Units; name: string };

function decodeScan({ scan, frame, planes, units, name }: ScanTarget): void {
  const read = blockReader(scan, frame.process === "progressive", name);
  const intervals = readIntervals(scan, name);
  const predictions = new Int32Array(frame.components.length);
  const run = { blocks: 0 };
  const parts = scan.components.map(({ index, dc, ac }) => {
    const plane = planes[index]!;
    const steps = scan.quantization[plane.quantization];
    if (steps) plane.steps ??= steps;
    const state: BlockState = {
      coefficients: plane.coefficients,
      bits: intervals[0]!,
      dc,
      ac,
      predictions,
      run,
    };
    return { plane, index, state };
  });
  const alone = parts.length === 1 ? parts[0]!.plane : undefined;
  const across = alone?.blocksAcross ?? units.unitsAcross;
  const total = across * (alone?.blocksDown ?? units.unitsDown);
  const interval = scan.restartInterval || total;
  for (let unit = 0; unit < total; unit++) {
    if (unit % interval === 0) {
      const bits = intervals[unit / interval];
      if (!bits) throw truncated(name);
      predictions.fill(0);
      run.blocks = 0;
      for (const { state } of parts) state.bits = bits;
    }
    const [x, y] = [unit % across, Math.floor(unit / across)];
    for (const { plane, index, state } of parts) {
      // A scan of one component has a block a unit; an interleaved one as many as the sampling factors say (A.2.3).
      const [wide, high] = alone ? [1, 1] : [plane.across, plane.down];
      for (let block = 0; block < wide * high; block++) {
        const column = x * wide + (block % wide);
        const row = y * high + Math.floor(block / wide);
        read(state, (row * plane.paddedAcross + column) * 64, index);
      }
    }
  }
}

type PlaneTarget = { plane: Plane; frame: JpegFrame; index: number; samples: Uint16Array; name: string };

/** Blocks to samples; a subsampled component's sample is repeated for each pixel that it covers. */
function writePlane({ plane, frame, index, samples, name }: PlaneTarget): void {
  const { width, height, precision, components } = frame;
  const { steps, coefficients, paddedAcross } = plane;
  if (!steps) throw truncated(name);
  const across = widest(frame, "across") / plane.across;
  const down = widest(frame, "down") / plane.down;
  const lineLength = plane.blocksAcross * 8;
  const lines = new Uint16Array(lineLength * 8);
  const middle = 1 << (precision - 1);
  const largest = (1 << precision) - 1;
  const block = new Int32Array(64);
  for (let blockRow = 0; blockRow < plane.blocksDown; blockRow++) {
    for (let blockColumn = 0; blockColumn < plane.blocksAcross; blockColumn++) {
      const from = (blockRow * paddedAcross + blockColumn) * 64;
      for (let at = 0; at < 64; at++) block[zigzag[at]!] = coefficients[from + at]! * steps[at]!;
      inverseDct(block, precision);
      for (let at = 0; at < 64; at++) {
        const value = block[at]! + middle;
        const to = (at >> 3) * lineLength + blockColumn * 8 + (at & 7);
        lines[to] = value < 0 ? 0 : Math.min(value, largest);
      }
    }
    const end = Math.min(height, Math.ceil((blockRow + 1) * 8 * down));
    for (let y = Math.ceil(blockRow * 8 * down); y < end; y++) {
      const line = (Math.floor(y / down) - blockRow * 8) * lineLength;
      let to = y * width * components.length + index;
      for (let x = 0; x < width; x++, to += components.length)
        samples[to] = lines[line + Math.floor(x / across)]!;
    }
  }
}
