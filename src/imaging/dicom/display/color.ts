/**
 * Luma and chroma to red, green and blue, in place (PS3.3 C.7.6.3.1.2, YBR_FULL; ITU-R BT.601). All are 0–255, chroma around 128.
 */
export function convertYbrFull(pixels: Uint8Array): void {
  for (let index = 0; index + 2 < pixels.length; index += 3) {
    const luma = pixels[index]!;
    const blue = pixels[index + 1]! - 128;
    const red = pixels[index + 2]! - 128;
    pixels[index] = toByte(luma + 1.402 * red);
    pixels[index + 1] = toByte(luma - 0.344_136 * blue - 0.714_136 * red);
    pixels[index + 2] = toByte(luma + 1.772 * blue);
  }
}

function toByte(value: number): number {
  return value < 0 ? 0 : Math.min(255, Math.round(value));
}

/** Unsigned samples of `bits` bits to 8, the most significant ones. */
export function toEightBits(samples: ArrayLike<number>, bits: number): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  const scale = 255 / (2 ** bits - 1);
  for (let index = 0; index < samples.length; index++)
    bytes[index] = Math.min(255, Math.round(samples[index]! * scale));
  return bytes;
}
