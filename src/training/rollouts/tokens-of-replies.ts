import type { RolloutTokens } from "./rollout.ts";

/** A reply of the model: its text, and its tokens where the server told them. */
export type RecordedReply = { text: string; tokens: RolloutTokens };

/**
 * The tokens of what the round took of each reply: what a model writes behind its first action is not in the transcript, and its tokens are
 * not here. `said` is what the transcript has of each reply, in order. Null where a reply has no tokens or one that cannot be.
 */
export function tokensOfReplies(
  replies: readonly RecordedReply[],
  said: readonly string[],
): RolloutTokens | null {
  const isTold = replies.every(({ text, tokens }) => tokens.length > 0 || text === "");
  const isSound = replies.every(({ tokens }) => tokens.every(({ logprob }) => isLogProbability(logprob)));
  if (replies.length === 0 || !isTold || !isSound) return null;
  return replies.flatMap(({ text, tokens }, index) => taken(tokens, { text, said: said[index] ?? text }));
}

function taken(tokens: RolloutTokens, { text, said }: { text: string; said: string }): RolloutTokens {
  if (said.length >= text.length) return tokens;
  let end = 0;
  return tokens.filter((token) => {
    const start = end;
    end += token.text.length;
    return start < said.length;
  });
}

function isLogProbability(value: number): boolean {
  return Number.isFinite(value) && value <= 1e-6;
}
