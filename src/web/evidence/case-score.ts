/** “.998”: rounded down, so that only the same image reads 1.0; scores of words, which may be larger, keep one decimal. */
export function shortScore(score: number): string {
  if (score < 0) return `−${Math.abs(score).toFixed(1)}`;
  return score >= 1 ? score.toFixed(1) : fullScore(score).slice(1);
}

/** A score with three decimals, rounded down. */
export function fullScore(score: number): string {
  return (Math.floor(score * 1000 + 1e-6) / 1000).toFixed(3).replace("-", "−");
}

/** The likeness below which images are of different kinds; `unlikeBelow` of the built-in descriptor. */
const unlikeBelow = 0.75;

/** Whether a case is of another kind than the image. The score does not tell: what is high in one library is low in another. */
export function isUnlike({ likeness }: { likeness?: number | undefined }): boolean {
  return likeness !== undefined && likeness < unlikeBelow;
}
