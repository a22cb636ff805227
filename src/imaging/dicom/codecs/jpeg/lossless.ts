import { damaged, truncated, unsupported } from "../../image-pixel.ts";
import { type Bits, readIntervals, takeSigned, takeSymbol } from "./huffman.ts";
import type { JpegFrame, JpegScan } from "./segments.ts";

/** Decodes a lossless picture (T.81 annex H): samples of a pixel side by side, unsigned, `precision` bits. */
export function decodeLossless(frame: JpegFrame, scans: JpegScan[], name: string): Uint16Array {
  const { width, height, components } = frame;
  if (components.some(({ across, down }) => across !== 1 || down !== 1)) {
    throw unsupported(`${name} is lossless JPEG with subsampled components.`, { name });
  }
  const samples = new Uint16Array(width * height * components.length);
  const decoded = new Set<number>();
  for (const scan of scans) {
    decodeScan({ frame, scan, samples, name });
    for (const { index } of scan.components) decoded.add(index);
  }
  if (decoded.size < components.length) throw truncated(name);
  return samples;
}

type ScanTarget = { frame: JpegFrame; scan: JpegScan; samples: Uint16Array; name: string };

function decodeScan({ frame, scan, samples, name }: ScanTarget): void {
  const { width, height } = frame;
  const { restartInterval, first: predictor } = scan;
  if (predictor < 1 || predictor > 7) throw damaged(name, "has an unknown JPEG predictor", { predictor });
  const rowsPerInterval = restartInterval === 0 ? height : restartInterval / width;
  if (!Number.isInteger(rowsPerInterval)) throw damaged(name, "restarts inside a row of its JPEG picture");
  const intervals = readIntervals(scan, name);
  for (let row = 0; row < height; row++) {
    const bits = intervals[Math.floor(row / rowsPerInterval)];
    if (!bits) throw truncated(name);
    decodeRow({ frame, scan, samples, bits, row, isFirst: row % rowsPerInterval === 0 });
  }
}

type RowTarget = Omit<ScanTarget, "name"> & { bits: Bits; row: number; isFirst: boolean };

/** The first row of an interval is predicted from the left alone, and every row's first sample from above (H.1.2.1). */
function decodeRow({ frame, scan, samples, bits, row, isFirst }: RowTarget): void {
  const { width, precision, components } = frame;
  const { low } = scan;
  const stride = components.length;
  const rowLength = width * stride;
  const start = row * rowLength;
  const middle = 1 << (precision - low - 1);
  for (let column = 0; column < width; column++) {
    for (const { index, dc } of scan.components) {
      const at = start + column * stride + index;
      const size = takeSymbol(bits, dc);
      const difference = size === 16 ? 32_768 : takeSigned(bits, size);
      let prediction = middle;
      if (isFirst) {
        if (column > 0) prediction = samples[at - stride]! >> low;
      } else if (column === 0) prediction = samples[at - rowLength]! >> low;
      else {
        const left = samples[at - stride]! >> low;
        const above = samples[at - rowLength]! >> low;
        const corner = samples[at - rowLength - stride]! >> low;
        prediction = predict(scan.first, left, above, corner);
      }
      samples[at] = ((prediction + difference) & 0xffff) << low;
    }
  }
}

/** T.81 table H.1. */
function predict(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    default:
      return (left + above) >> 1;
  }
}
