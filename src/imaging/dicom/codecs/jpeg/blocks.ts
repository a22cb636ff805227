import { damaged } from "../../image-pixel.ts";
import { type Bits, type HuffmanTable, takeBits, takeSigned, takeSymbol } from "./huffman.ts";
import type { JpegScan } from "./segments.ts";

/** Where the coefficients of one block go, and what its scan remembers from block to block. */
export type BlockState = {
  coefficients: Int16Array;
  bits: Bits;
  dc: HuffmanTable | undefined;
  ac: HuffmanTable | undefined;
  /** The last DC value of each component. */
  predictions: Int32Array;
  /** Blocks still to come in a run without new coefficients (T.81 G.1.2.2). */
  run: { blocks: number };
};

/** Reads one block's part of a scan into its 64 coefficients at `offset`, in zigzag order. */
export type BlockReader = (state: BlockState, offset: number, component: number) => void;

/** The reader that a scan needs: sequential, or one of the four of a progressive picture. */
export function blockReader(scan: JpegScan, isProgressive: boolean, name: string): BlockReader {
  const { first, last, high, low } = scan;
  if (!isProgressive) return readSequential;
  const isBroken = last < first || last > 63 || (first === 0 && last > 0) || low > 13;
  if (isBroken || (first > 0 && scan.components.length > 1)) throw damaged(name, "has a broken JPEG scan");
  if (first === 0) {
    return high === 0
      ? (state, offset, component) => readFirstDc({ low, state, offset, component })
      : (state, offset) => refineDc(low, state, offset);
  }
  return high === 0
    ? (state, offset) => readFirstAc(scan, state, offset)
    : (state, offset) => refineAc(scan, state, offset);
}

function nextDc(state: BlockState, component: number): number {
  const size = takeSymbol(state.bits, state.dc);
  if (size > 16) throw damaged(state.bits.name, "has JPEG data that mean nothing");
  state.predictions[component]! += takeSigned(state.bits, size);
  return state.predictions[component]!;
}

/** T.81 F.2.2. */
function readSequential(state: BlockState, offset: number, component: number): void {
  const { bits, ac, coefficients } = state;
  coefficients[offset] = nextDc(state, component);
  for (let index = 1; index < 64; index++) {
    const symbol = takeSymbol(bits, ac);
    const size = symbol & 15;
    if (size === 0 && symbol !== 0xf0) return;
    index += symbol >> 4;
    if (size === 0) continue;
    if (index > 63) throw damaged(bits.name, "has JPEG data that mean nothing");
    coefficients[offset + index] = takeSigned(bits, size);
  }
}

type DcBlock = { low: number; state: BlockState; offset: number; component: number };

/** T.81 G.1.2.1. */
function readFirstDc({ low, state, offset, component }: DcBlock): void {
  state.coefficients[offset] = nextDc(state, component) << low;
}

function refineDc(low: number, { bits, coefficients }: BlockState, offset: number): void {
  coefficients[offset]! |= takeBits(bits, 1) << low;
}

/** T.81 G.1.2.2. */
function readFirstAc({ first, last, low }: JpegScan, state: BlockState, offset: number): void {
  const { bits, ac, coefficients, run } = state;
  if (run.blocks > 0) {
    run.blocks -= 1;
    return;
  }
  for (let index = first; index <= last; index++) {
    const symbol = takeSymbol(bits, ac);
    const size = symbol & 15;
    const zeros = symbol >> 4;
    if (size === 0 && zeros < 15) {
      run.blocks = (1 << zeros) - 1 + takeBits(bits, zeros);
      return;
    }
    index += zeros;
    if (size === 0) continue;
    if (index > last) throw damaged(bits.name, "has JPEG data that mean nothing");
    coefficients[offset + index] = takeSigned(bits, size) << low;
  }
}

/** T.81 G.1.2.3: one more bit for what is not zero yet, and new coefficients of one bit between. */
function refineAc({ first, last, low }: JpegScan, state: BlockState, offset: number): void {
  const { bits, ac, coefficients, run } = state;
  const one = 1 << low;
  let index = first;
  while (run.blocks === 0 && index <= last) {
    const symbol = takeSymbol(bits, ac);
    let zeros = symbol >> 4;
    let value = 0;
    if ((symbol & 15) !== 0) value = takeBits(bits, 1) === 1 ? one : -one;
    else if (zeros < 15) {
      run.blocks = (1 << zeros) + takeBits(bits, zeros);
      break;
    }
    for (; index <= last; index++) {
      const at = offset + index;
      if (coefficients[at] !== 0) correct(coefficients, at, bits, one);
      else if (zeros === 0) {
        coefficients[at] = value;
        index += 1;
        break;
      } else zeros -= 1;
    }
  }
  if (run.blocks === 0) return;
  for (; index <= last; index++) {
    if (coefficients[offset + index] !== 0) correct(coefficients, offset + index, bits, one);
  }
  run.blocks -= 1;
}

function correct(coefficients: Int16Array, at: number, bits: Bits, one: number): void {
  if (takeBits(bits, 1) === 0) return;
  const value = coefficients[at]!;
  if ((Math.abs(value) & one) === 0) coefficients[at] = value + (value > 0 ? one : -one);
}
