import { withRoom } from "./growable.ts";

/** Texts one after the other in UTF-8, outside the heap that the garbage collector walks. Holds up to 4 GiB. */
export function createPackedTexts() {
  let bytes = Buffer.allocUnsafeSlow(1 << 16);
  let ends = new Uint32Array(1024);
  let count = 0;
  let used = 0;
  return {
    add(text: string): void {
      const length = Buffer.byteLength(text);
      if (used + length > bytes.length) {
        const grown = Buffer.allocUnsafeSlow(Math.max(used + length, 2 * bytes.length));
        bytes.copy(grown, 0, 0, used);
        bytes = grown;
      }
      bytes.write(text, used);
      used += length;
      ends = withRoom(ends, count + 1);
      ends[count++] = used;
    },
    at: (index: number): string =>
      bytes.toString("utf8", index === 0 ? 0 : (ends[index - 1] as number), ends[index] as number),
    bytes: () => bytes.length + 4 * ends.length,
  };
}

export type PackedTexts = ReturnType<typeof createPackedTexts>;
