/** Dollars for a million tokens, which is millionths of a dollar for one. */
export type Prices = { inputPerMillion: number; outputPerMillion: number };

/** What a reply cost in millionths of a dollar; null where a count or the prices are not known. */
export function costOf(
  { inputTokens, outputTokens }: { inputTokens: number | null; outputTokens: number | null },
  prices: Prices | undefined,
): number | null {
  if (prices === undefined || inputTokens === null || outputTokens === null) return null;
  return Math.round(inputTokens * prices.inputPerMillion + outputTokens * prices.outputPerMillion);
}
