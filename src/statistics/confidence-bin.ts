/**
 * The bin of equal width, from 0, that a confidence of 0 to 1 lies in. A confidence between two bins is in the lower one, as with Guo et al.
 * 2017 (equation 3) and scikit-learn's `calibration_curve`; 0 is in the first.
 */
export function confidenceBin(confidence: number, bins: number): number {
  const bin = Math.min(bins, Math.max(1, Math.ceil(confidence * bins)));
  // 0.28 × 25 is a little above 7.
  return bin > 1 && confidence <= (bin - 1) / bins ? bin - 2 : bin - 1;
}
