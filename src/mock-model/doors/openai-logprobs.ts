import type { Alternative, Token } from "../tokens.ts";

/** Log-probabilities of chat completions, as Ollama's own door has them, too. `fields` stand in each entry. */
export function chatLogprobs(tokens: readonly Token[], fields: object = {}): object[] {
  const entry = ({ token, logprob }: Alternative) => ({
    ...fields,
    token,
    logprob,
    bytes: [...Buffer.from(token)],
  });
  return tokens.map((token) => ({ ...entry(token), top_logprobs: token.top.map(entry) }));
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
