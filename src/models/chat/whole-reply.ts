import { MedRoundsError } from "#contracts";
import { parseJson } from "#platform";

/**
 * A fetch that turns a chat completion in one piece, as servers send that do not stream, into the event of a stream that says the same:
 * text, reasoning, tool calls, log-probabilities and usage.
 */
export function acceptWholeReply(send: typeof globalThis.fetch, endpoint: string): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const contentType = response.headers.get("content-type") ?? "";
    if (!/json/i.test(contentType)) return response;
    const event = toEvent(parseJson(await response.text()));
    if (event === undefined) {
      throw new MedRoundsError(
        "endpoint-broken",
        `The server at ${endpoint} replied with ${contentType.slice(0, 80)} that is no chat completion.`,
        { endpoint, contentType: contentType.slice(0, 80) },
      );
    }
    return new Response(`data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  };
}

type Reply = { choices?: { message?: { tool_calls?: unknown } }[]; error?: unknown };

/** Undefined where it is neither a completion nor the server's word of an error. */
function toEvent(reply: unknown): unknown {
  if (typeof reply !== "object" || reply === null) return undefined;
  const { choices, error, ...envelope } = reply as Reply;
  if (error !== undefined && error !== null) return { error };
  if (!Array.isArray(choices) || choices[0]?.message === undefined) return undefined;
  const pieces = choices.map(({ message, ...choice }) => {
    const calls = Array.isArray(message?.tool_calls) ? message.tool_calls : undefined;
    return { ...choice, delta: { ...message, ...(calls && { tool_calls: calls.map(numbered) }) } };
  });
  return { ...envelope, choices: pieces };
}

/** The calls of a stream are told apart by their numbers. */
function numbered(call: object, index: number) {
  return { ...call, index };
}
