import { toRootShares } from "./normalization.ts";
import type { Plane } from "./plane.ts";

/** How bright the picture is: histogram of samples from 0 to `range`, each shared between its two nearest bins. Unit length. */
export function intensityHistogram(plane: Plane, options: { bins: number; range: number }): Float32Array {
  const { bins, range } = options;
  const counts = new Float32Array(bins);
  for (const sample of plane.data) {
    const position = Math.min(bins - 1, Math.max(0, (sample / range) * bins - 0.5));
    const bin = Math.floor(position);
    counts[bin]! += 1 - (position - bin);
    if (bin + 1 < bins) {
      counts[bin + 1]! += position - bin;
    }
  }
  return toRootShares(counts);
}
