import type { Alternative, Token } from "../tokens.ts";

/** Log-probabilities of chat completions; Ollama's and llama.cpp's own doors have the same entries. */
export function chatLogprobs(tokens: readonly Token[]): object[] {
  return tokens.map((token) => ({ ...entry(token), top_logprobs: token.top.map(entry) }));
}

function entry({ token, logprob }: Alternative): object {
  return { token, logprob, bytes: [...Buffer.from(token)] };
}

/** The older form of OpenAI's completions, which vLLM keeps. */
export function completionLogprobs(tokens: readonly Token[]): object {
  let offset = 0;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top }) =>
      Object.fromEntries(top.map(({ token, logprob }) => [token, logprob])),
    ),
    text_offset: tokens.map(({ token }) => {
      offset += token.length;
      return offset - token.length;
    }),
  };
}
