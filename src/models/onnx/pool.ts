import type { Family } from "../families/family.ts";

/** Token vectors [rows × tokens × width] of which only the first `lengths[row]` of a row count, to one vector a row. */
export function pool(request: {
  hidden: Float32Array;
  tokens: number;
  width: number;
  lengths: readonly number[];
  pooling: Family["pooling"];
}): Float64Array[] {
  const { hidden, tokens, width, lengths, pooling } = request;
  return lengths.map((length, row) => {
    const vector = new Float64Array(width);
    const counted = pooling === "first-token" ? 1 : length;
    for (let token = 0; token < counted; token++) {
      const at = (row * tokens + token) * width;
      for (let index = 0; index < width; index++) {
        vector[index] = (vector[index] as number) + (hidden[at + index] as number) / counted;
      }
    }
    return vector;
  });
}
