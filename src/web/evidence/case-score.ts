/** “.998”: rounded down, so that only the same image reads 1.0; scores of words, which may be larger, keep one decimal. */
export function shortScore(score: number): string {
  return score < 0 || score >= 1 ? score.toFixed(1) : fullScore(score).slice(1);
}

/** A score with three decimals, rounded down. */
export function fullScore(score: number): string {
  return (Math.floor(score * 1000 + 1e-6) / 1000).toFixed(3);
}

/** Below this cosine a case is hardly similar. */
const lowSimilarity = 0.6;

export function isLowScore(score: number): boolean {
  return score < lowSimilarity;
}
