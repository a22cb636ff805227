import { confidenceBin } from "./confidence-bin.ts";

/**
 * Expected calibration error (Guo et al. 2017, equation 3), 0–1: how far confidence and the share of correct answers are apart, as the
 * mean over bins of equal width, 15 unless told, weighted by how many answers a bin has. NaN without answers.
 */
export function calibrationError(
  answers: readonly { confidence: number; correct: boolean }[],
  bins = 15,
): number {
  const gaps = new Array<number>(bins).fill(0);
  for (const { confidence, correct } of answers) {
    gaps[confidenceBin(confidence, bins)]! += confidence - (correct ? 1 : 0);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / answers.length;
}
