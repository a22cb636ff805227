const highBits = 0x80808080 | 0;

/**
 * Makes each byte the smaller one of itself and its counterpart, four at a time within a word and without a branch: several times as
 * fast as one by one. Both have the same length, a multiple of four.
 */
export function keepSmaller(bytes: Uint8Array, others: Uint8Array): void {
  const words = wordsOf(bytes);
  const counterparts = wordsOf(others);
  for (let index = 0; index < words.length; index++) {
    const one = words[index]!;
    const other = counterparts[index]!;
    // The highest bit of a byte says whether `one` is not below `other` (H. S. Warren, Hacker's Delight, 2-18).
    const difference = (one | highBits) - (other & ~highBits);
    const isNotBelow = ((one & ~other) | (~(one ^ other) & difference)) & highBits;
    const taken = (isNotBelow << 1) - (isNotBelow >>> 7);
    words[index] = one ^ ((one ^ other) & taken);
  }
}

/** Each byte as 255 minus itself. The length is a multiple of four. */
export function invertBytes(bytes: Uint8Array): void {
  const words = wordsOf(bytes);
  for (let index = 0; index < words.length; index++) words[index] = ~words[index]!;
}

function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}
