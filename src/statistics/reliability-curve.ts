import { confidenceBin } from "./confidence-bin.ts";

/** Answers of similar confidence: how many, their mean confidence, and the share of them that is correct. */
export type ReliabilityBin = { from: number; to: number; count: number; confidence: number; share: number };

/**
 * Confidence against the share of correct answers in bins of equal width, 10 unless told; empty bins are left out (DeGroot and Fienberg
 * 1983, doi 10.2307/2987588). Bins are those of `confidenceBin`.
 */
export function reliabilityCurve(
  answers: readonly { confidence: number; correct: boolean }[],
  bins = 10,
): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, correct: 0 }));
  for (const { confidence, correct } of answers) {
    const bin = sums[confidenceBin(confidence, bins)]!;
    bin.count++;
    bin.confidence += confidence;
    bin.correct += correct ? 1 : 0;
  }
  return sums.flatMap(({ count, confidence, correct }, index) =>
    count === 0
      ? []
      : [
          {
            from: index / bins,
            to: (index + 1) / bins,
            count,
            confidence: confidence / count,
            share: correct / count,
          },
        ],
  );
}
