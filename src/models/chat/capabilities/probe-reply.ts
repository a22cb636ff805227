import { MedRoundsError } from "#contracts";
import type { ChatDelta, ChatRequest, Continuation, TokenLogprob } from "../chat.ts";

/** Sends one request; how the last turn goes on is told apart from it. */
export type Ask = (request: ChatRequest, continuation: Continuation | null) => AsyncIterable<ChatDelta>;

/**
 * What came of a probe: a reply, the server's refusal of just this request, or nothing that tells (busy, gone, too slow). `cut` where
 * the reply ended at its token limit.
 */
export type ProbeReply =
  | {
      type: "reply";
      text: string;
      calls: readonly { name: string }[];
      tokens: readonly TokenLogprob[];
      inputTokens: number | null;
      cut: boolean;
    }
  | { type: "refused"; serverMessage: string }
  | { type: "unknown" };

/** Asks once. Rejects where the signal is aborted, and in no other case. */
export async function readProbe(
  ask: Ask,
  request: ChatRequest,
  continuation: Continuation | null = null,
): Promise<ProbeReply> {
  let text = "";
  const calls: { name: string }[] = [];
  const tokens: TokenLogprob[] = [];
  let finish: (ChatDelta & { type: "finish" }) | undefined;
  try {
    for await (const delta of ask(request, continuation)) {
      if (delta.type === "text") text += delta.text;
      if (delta.type === "tool-call") calls.push(delta.call);
      if (delta.type === "logprobs") tokens.push(...delta.tokens);
      if (delta.type === "finish") finish = delta;
    }
  } catch (error) {
    request.signal?.throwIfAborted();
    return judge(error);
  }
  const { inputTokens = null, reason } = finish ?? {};
  return { type: "reply", text, calls, tokens, inputTokens, cut: reason === "length" };
}

/** Some servers refuse what they can't do with status 400 or 422, some with 500 (llama.cpp), some inside the stream. */
function judge(error: unknown): ProbeReply {
  if (!MedRoundsError.is(error)) return { type: "unknown" };
  const { code, facts } = error;
  const { status, serverMessage } = facts;
  const saysWhy = code === "endpoint-broken" && typeof serverMessage === "string" && serverMessage !== "";
  const refuses = code === "endpoint-refused" && ![401, 403, 408, 425].includes(Number(status));
  return refuses || saysWhy
    ? { type: "refused", serverMessage: String(serverMessage ?? "") }
    : { type: "unknown" };
}
