/** A field of a protobuf message: its number, and its content as it travels (protobuf.dev/programming-guides/encoding). */
export type Field = Uint8Array;

const encoder = new TextEncoder();

/** A 64-bit integer in two's complement as a base-128 varint. */
export function integerField(number: number, value: number | bigint): Field {
  return concatenate([varint(BigInt(number << 3)), varint(BigInt.asUintN(64, BigInt(value)))]);
}

/** A 32-bit floating-point number, little-endian. */
export function floatField(number: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concatenate([varint(BigInt((number << 3) | 5)), bytes]);
}

/** A text, raw bytes, or a nested message given as its fields. */
export function bytesField(number: number, content: string | Uint8Array | readonly Field[]): Field {
  const bytes =
    typeof content === "string"
      ? encoder.encode(content)
      : content instanceof Uint8Array
        ? content
        : concatenate(content);
  return concatenate([varint(BigInt((number << 3) | 2)), varint(BigInt(bytes.length)), bytes]);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 128);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}
