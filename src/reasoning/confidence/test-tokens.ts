import type { TokenLogprob } from "../ports.ts";

/** Tokens of which one, at `decisive`, has these alternatives by probability; the others are certain. */
export function makeTokens(
  pieces: readonly string[],
  { decisive, top }: { decisive: number; top: Readonly<Record<string, number>> },
): TokenLogprob[] {
  return pieces.map((token, index) => {
    if (index !== decisive) return { token, logprob: 0, top: [{ token, logprob: 0 }] };
    const told = Object.entries(top).map(([other, probability]) => {
      return { token: other, logprob: Math.log(probability) };
    });
    return { token, logprob: Math.log(top[token] ?? 1e-9), top: told };
  });
}
