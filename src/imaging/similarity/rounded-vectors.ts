/**
 * Unit vectors at a byte a number, each by a scale of its own; of 600 numbers the cosine is right to about 0.002. For questions that
 * need no more, such as whether two images are of one kind.
 */
export function createRoundedVectors() {
  const rows: { values: Int8Array; scale: number }[] = [];
  return {
    add(vector: Float32Array): void {
      let largest = 0;
      for (let at = 0; at < vector.length; at++) largest = Math.max(largest, Math.abs(vector[at] as number));
      const scale = largest / 127 || 1;
      const values = new Int8Array(vector.length);
      for (let at = 0; at < vector.length; at++) {
        const steps = (vector[at] as number) / scale;
        // The array cuts off what is behind the point; Math.round would take three times as long.
        values[at] = steps < 0 ? steps - 0.5 : steps + 0.5;
      }
      rows.push({ values, scale });
    },

    /** The cosine with the vector at a position, −1 to 1. */
    cosine(position: number, vector: Float32Array): number {
      const row = rows[position];
      if (!row) return 0;
      let sum = 0;
      for (let at = 0; at < vector.length; at++) sum += (vector[at] as number) * (row.values[at] ?? 0);
      return Math.min(1, Math.max(-1, sum * row.scale));
    },

    bytes: () => rows.reduce((sum, { values }) => sum + values.length + 8, 0),
  };
}
