import { parseJson } from "#platform";
import { plainConversation } from "../conversation.ts";
import type { Generation, Sample } from "../generation.ts";
import type { Problem } from "../problem.ts";
import { splitTokens } from "../tokens.ts";
import { messageRequest, toMessage } from "./anthropic-request.ts";
import { type Door, readBody, refuse } from "./door.ts";

const kinds: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

/** `/v1/messages`. A last message of the assistant is continued; there are no log-probabilities and no seed. */
export const anthropic: Door = {
  name: "anthropic",
  path: /^\/v1\/messages$/,
  read({ body, headers }) {
    if (headers["anthropic-version"] === undefined) refuse("anthropic-version: header is required");
    const request = readBody(messageRequest, body);
    const messages = request.messages.map(({ role, content }) => toMessage(role, content));
    const last = messages.at(-1);
    if (messages[0]?.role === "assistant")
      refuse("messages: first message must use the user role", "messages");
    if (last?.role === "assistant" && /\s$/.test(last.text)) {
      refuse("messages: final assistant content cannot end with trailing whitespace", "messages");
    }
    return {
      ...plainConversation,
      model: request.model,
      messages: [...(request.system === undefined ? [] : [toMessage("system", request.system)]), ...messages],
      tools: request.tool_choice?.type === "none" ? [] : (request.tools ?? []).map(({ name }) => name),
      stop: request.stop_sequences ?? [],
      mostTokens: request.max_tokens,
      continues: last?.role === "assistant",
      stream: request.stream ?? false,
    };
  },
  streamType: "text/event-stream",
  *frames(generation) {
    const [sample] = generation.samples;
    const message = { ...identityOf(generation), content: [], stop_reason: null, stop_sequence: null };
    yield event("message_start", { message: { ...message, usage: usageOf(generation, 1) } });
    if (sample) yield* blockFrames(sample);
    const delta = sample ? finishOf(sample) : { stop_reason: "end_turn", stop_sequence: null };
    yield event("message_delta", { delta, usage: { output_tokens: generation.usage?.outputTokens ?? 0 } });
    yield event("message_stop", {});
  },
  whole(generation) {
    const [sample] = generation.samples;
    return {
      ...identityOf(generation),
      content: sample ? blocksOf(sample) : [],
      ...(sample ? finishOf(sample) : { stop_reason: "end_turn", stop_sequence: null }),
      usage: usageOf(generation, generation.usage?.outputTokens ?? 0),
    };
  },
  errorFrame: (problem) => event("error", toError(problem)),
  problem(problem) {
    // Anthropic says 529 where others say 503.
    const status = problem.status === 503 ? 529 : problem.status;
    return { status, body: toError({ ...problem, status }) };
  },
};

function* blockFrames(sample: Sample): Generator<string> {
  let index = 0;
  const piece = (delta: object) => event("content_block_delta", { index, delta });
  if (sample.reasoning.length > 0) {
    yield event("content_block_start", {
      index,
      content_block: { type: "thinking", thinking: "", signature: "" },
    });
    for (const thinking of sample.reasoning) yield piece({ type: "thinking_delta", thinking });
    yield piece({ type: "signature_delta", signature: "scripted" });
    yield event("content_block_stop", { index });
    index++;
  }
  if (sample.tokens.length > 0) {
    yield event("content_block_start", { index, content_block: { type: "text", text: "" } });
    yield event("ping", {});
    for (const { token } of sample.tokens) yield piece({ type: "text_delta", text: token });
    yield event("content_block_stop", { index });
    index++;
  }
  for (const { id, name, input } of sample.toolCalls) {
    const content_block = { type: "tool_use", id: toolId(id), name, input: {} };
    yield event("content_block_start", { index, content_block });
    for (const partial_json of ["", ...splitTokens(input)])
      yield piece({ type: "input_json_delta", partial_json });
    yield event("content_block_stop", { index });
    index++;
  }
}

function blocksOf(sample: Sample): object[] {
  const thinking = sample.reasoning.join("");
  const words = sample.tokens.map(({ token }) => token).join("");
  return [
    ...(thinking === "" ? [] : [{ type: "thinking", thinking, signature: "scripted" }]),
    ...(words === "" ? [] : [{ type: "text", text: words }]),
    ...sample.toolCalls.map(({ id, name, input }) => ({
      type: "tool_use",
      id: toolId(id),
      name,
      input: parseJson(input) ?? {},
    })),
  ];
}

function finishOf({ finish, stopString }: Sample): object {
  const reasons = {
    stop: stopString === null ? "end_turn" : "stop_sequence",
    length: "max_tokens",
    "tool-calls": "tool_use",
    "content-filter": "refusal",
    refusal: "refusal",
  };
  return { stop_reason: reasons[finish], stop_sequence: finish === "stop" ? stopString : null };
}

function identityOf({ id, model }: Generation): object {
  return { id: `msg_${id}`, type: "message", role: "assistant", model };
}

function usageOf({ usage }: Generation, outputTokens: number): object {
  return {
    input_tokens: usage?.inputTokens ?? 0,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: usage ? outputTokens : 0,
    service_tier: "standard",
  };
}

function toolId(id: string): string {
  return /^[\da-f]{24}$/.test(id) ? `toolu_${id}` : id;
}

function toError({ status, message }: Problem): object {
  return { type: "error", error: { type: kinds[status] ?? "api_error", message }, request_id: "req_mock" };
}

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
