/** A big- or little-endian view on the bytes, whatever their offset in the underlying buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The four ASCII characters at `offset`, as PNG chunks and RIFF chunks are named. */
export function chunkName(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
