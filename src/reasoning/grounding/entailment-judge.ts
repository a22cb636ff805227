import type { SearchServer } from "../ports.ts";

/**
 * Tells whether evidence bears a claim: a model of natural-language inference, or a chat model as a judge. Resolves to a
 * probability (0–1) for each pair, in order; may reject, and words then decide.
 */
export type EntailmentJudge = {
  type: "nli" | "judge";
  name: string;
  /** The servers that are sent what it judges; empty where it runs here. */
  servers: readonly SearchServer[];
  entails(
    pairs: readonly { premise: string; hypothesis: string }[],
    options: { signal: AbortSignal },
  ): Promise<readonly number[]>;
};
