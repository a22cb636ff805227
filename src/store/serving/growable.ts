type Numbers = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A typed array with room for `length` entries, of the same kind and with the same beginning; at least doubled where it grows. */
export function withRoom<Kind extends Numbers>(array: Kind, length: number): Kind {
  if (length <= array.length) return array;
  const grown = new (array.constructor as new (length: number) => Kind)(Math.max(length, 2 * array.length));
  grown.set(array);
  return grown;
}
