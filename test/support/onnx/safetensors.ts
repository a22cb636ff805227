import type { Tensors } from "./bert-encoder.ts";

/** The tensors of a `.safetensors` file: eight bytes of header length, a JSON header, the data (huggingface/safetensors). */
export function readSafetensors(bytes: Buffer): Tensors {
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  return (name) => {
    const entry = header[name];
    if (entry?.dtype !== "F32") throw new Error(`There is no 32-bit tensor ${name}.`);
    const [from, to] = entry.data_offsets.map((offset) => 8 + headerLength + offset);
    return { shape: entry.shape, values: new Float32Array(Uint8Array.from(bytes.subarray(from, to)).buffer) };
  };
}
