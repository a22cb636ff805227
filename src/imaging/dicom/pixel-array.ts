/** Names of the kinds of numbers, as NumPy has them. */
export type SampleType = "uint8" | "int8" | "uint16" | "int16" | "uint32" | "int32" | "float32" | "float64";

export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** Stored pixel values, uninterpreted: no lookup table, no window, no color conversion of ours. */
export type PixelArray = {
  data: Samples;
  /** [frames, rows, columns, samples]; without frames where there is one, without samples where each pixel has one. */
  shape: number[];
  type: SampleType;
  /** What the values mean: Photometric Interpretation, or what the compressed picture itself says where that differs. */
  photometric: string;
};

const constructors = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export function bytesPerSample(type: SampleType): number {
  return constructors[type].BYTES_PER_ELEMENT;
}

export function makeSamples(type: SampleType, length: number): Samples {
  return new constructors[type](length);
}

/** The bytes as little-endian samples of a type: a view where they lie aligned, else a copy. Their length must fit. */
export function viewSamples(bytes: Uint8Array, type: SampleType): Samples {
  const size = bytesPerSample(type);
  // A Buffer's own slice would be a view again.
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  return new constructors[type](aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.length / size);
}

/** The samples' own bytes, little endian. */
export function bytesOf(samples: Samples): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** A copy in the other byte order; samples of one byte stay as they are. */
export function swapBytes(bytes: Uint8Array, size: number): Uint8Array {
  if (size === 1) return bytes;
  const swapped = Buffer.from(bytes);
  if (size === 2) return swapped.swap16();
  return size === 4 ? swapped.swap32() : swapped.swap64();
}

/** The same bits read without sign. */
export function withoutSign(samples: Samples): Samples {
  const { buffer, byteOffset, length } = samples;
  if (samples instanceof Int8Array) return new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
  if (samples instanceof Int16Array) return new Uint16Array(buffer as ArrayBuffer, byteOffset, length);
  return samples instanceof Int32Array ? new Uint32Array(buffer as ArrayBuffer, byteOffset, length) : samples;
}
