import type { Conversation } from "../conversation.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { Generation, Sample, ToolCall } from "../generation.ts";
import { splitTokens } from "../tokens.ts";
import { type Door, readBody, refuse, sse } from "./door.ts";
import { chatLogprobs } from "./openai-logprobs.ts";
import { type ChatBody, looseChat, strictChat, toMessage } from "./openai-request.ts";

/** `/v1/chat/completions` in one of the dialects. */
export function openAiChat(dialect: Dialect): Door {
  return {
    name: "chat",
    path: /^\/v1\/chat\/completions$/,
    read({ body }) {
      const chat: ChatBody = readBody(dialect.strict ? strictChat : looseChat, body);
      checkTogether(chat, dialect);
      return toConversation(chat, dialect);
    },
    streamType: "text/event-stream",
    frames: (generation, conversation) => frames(generation, { conversation, dialect }),
    whole: (generation) => whole(generation, dialect),
    errorFrame: (problem) => `${sse(dialect.problem(problem))}${sse("[DONE]")}`,
    problem: (problem) => ({ status: problem.status, body: dialect.problem(problem) }),
  };
}

/** What a schema can't say: which fields need or exclude one another. */
function checkTogether(chat: ChatBody, dialect: Dialect): void {
  if (chat.stream_options && !chat.stream)
    refuse("stream_options is only allowed when stream is true.", "stream_options");
  if (chat.top_logprobs && !chat.logprobs) refuse("top_logprobs needs logprobs to be true.", "top_logprobs");
  if (chat.tool_choice !== undefined && chat.tool_choice !== "none" && !chat.tools) {
    refuse("tool_choice is only allowed when tools are given.", "tool_choice");
  }
  if (dialect.strict && Array.isArray(chat.stop) && chat.stop.length > 4)
    refuse("At most 4 stop strings.", "stop");
  if (chat.continue_final_message && chat.add_generation_prompt !== false) {
    refuse("continue_final_message needs add_generation_prompt to be false.", "continue_final_message");
  }
}

function toConversation(chat: ChatBody, dialect: Dialect): Conversation {
  const format = chat.response_format;
  return {
    model: chat.model,
    messages: chat.messages.map(toMessage),
    tools: chat.tool_choice === "none" ? [] : (chat.tools ?? []).map((tool) => tool.function.name),
    stop: [chat.stop ?? []].flat(),
    keepsStop: chat.include_stop_str_in_output === true,
    mostTokens: chat.max_completion_tokens ?? chat.max_tokens ?? null,
    seed: chat.seed ?? null,
    samples: chat.n ?? 1,
    alternatives: chat.logprobs ? (chat.top_logprobs ?? 0) : null,
    continues: dialect.continues(chat, chat.messages.at(-1)?.role),
    raw: false,
    schema: format?.type === "json_schema" ? (format.json_schema.schema ?? null) : null,
    stream: chat.stream ?? false,
    wantsUsage: chat.stream_options?.include_usage ?? false,
  };
}

function* frames(
  generation: Generation,
  { conversation, dialect }: { conversation: Conversation; dialect: Dialect },
): Generator<string> {
  const { envelope, choice } = dialect;
  const identity = { ...identityOf(generation), object: "chat.completion.chunk" };
  const usage = conversation.wantsUsage && dialect.nullUsage ? { usage: null } : {};
  const last = dialect.last(generation);
  const hasUsage = conversation.wantsUsage && generation.usage !== null;
  const chunk = (index: number, delta: object, fields: object = {}, extra: object = {}) =>
    sse({
      ...identity,
      ...envelope.chunk,
      ...usage,
      ...extra,
      choices: [{ index, delta, ...choice.chunk, finish_reason: null, ...fields }],
    });
  for (const [index, sample] of generation.samples.entries()) {
    const { opening } = dialect;
    if (opening) {
      const first = { index, delta: opening, ...choice.firstChunk, finish_reason: null };
      yield sse({ ...identity, ...envelope.firstChunk, ...usage, choices: [first] });
    }
    for (const delta of reasoningDeltas(sample, { generation, dialect })) yield chunk(index, delta);
    for (const token of sample.tokens) {
      const measured = generation.measured
        ? { logprobs: { content: chatLogprobs([token], dialect.logprob) } }
        : {};
      yield chunk(index, { ...dialect.delta, content: token.token }, measured);
    }
    for (const delta of toolCallDeltas(sample.toolCalls, dialect))
      yield chunk(index, { ...dialect.delta, ...delta });
    yield chunk(index, dialect.closing, dialect.finish(sample), hasUsage ? {} : last);
  }
  if (generation.samples.length === 0) yield sse({ ...identity, ...envelope.chunk, choices: [] });
  if (hasUsage && generation.usage) {
    yield sse({
      ...identity,
      ...envelope.chunk,
      choices: [],
      usage: dialect.usage(generation.usage),
      ...last,
    });
  }
  yield sse("[DONE]");
}

function* reasoningDeltas(
  sample: Sample,
  { generation, dialect }: { generation: Generation; dialect: Dialect },
): Generator<object> {
  const field = generation.reasoningField ?? dialect.reasoningField;
  for (const piece of sample.reasoning) yield { ...dialect.delta, [field]: piece };
  if (sample.refusal !== null)
    yield { ...dialect.delta, [dialect.refuses ? "refusal" : "content"]: sample.refusal };
}

function* toolCallDeltas(calls: readonly ToolCall[], dialect: Dialect): Generator<object> {
  for (const [index, call] of calls.entries()) {
    const whole = toToolCall(call, dialect);
    const { name, arguments: input } = whole.function;
    if (dialect.wholeToolCalls) yield { tool_calls: [{ index, ...whole }] };
    else {
      yield { tool_calls: [{ index, ...whole, function: { name, arguments: "" } }] };
      for (const piece of splitTokens(input))
        yield { tool_calls: [{ index, function: { arguments: piece } }] };
    }
  }
}

function whole(generation: Generation, dialect: Dialect): object {
  const { usage } = generation;
  return {
    ...identityOf(generation),
    object: "chat.completion",
    choices: generation.samples.map((sample, index) => ({
      index,
      message: toWholeMessage(sample, { generation, dialect }),
      ...dialect.choice.whole,
      ...(generation.measured ? { logprobs: { content: chatLogprobs(sample.tokens, dialect.logprob) } } : {}),
      ...dialect.finish(sample),
    })),
    ...(usage ? { usage: dialect.usage(usage) } : {}),
    ...dialect.envelope.whole,
    ...dialect.last(generation),
  };
}

function toWholeMessage(
  sample: Sample,
  { generation, dialect }: { generation: Generation; dialect: Dialect },
): object {
  const text = sample.tokens.map(({ token }) => token).join("");
  const content = sample.refusal !== null && !dialect.refuses ? sample.refusal : text;
  const field = generation.reasoningField ?? dialect.reasoningField;
  const calls = sample.toolCalls.map((call) => toToolCall(call, dialect));
  return {
    role: "assistant",
    content: content === "" && (calls.length > 0 || sample.refusal !== null) ? null : content,
    ...dialect.message,
    ...(sample.refusal !== null && dialect.refuses ? { refusal: sample.refusal } : {}),
    ...(sample.reasoning.length > 0 ? { [field]: sample.reasoning.join("") } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function toToolCall({ id, name, input }: ToolCall, { toolCallPrefix }: Dialect) {
  const known = /^[\da-f]{24}$/.test(id) ? `${toolCallPrefix}${id}` : id;
  return { id: known, type: "function", function: { name, arguments: input } };
}

function identityOf({ id, created, model }: Generation) {
  return { id: `chatcmpl-${id}`, created, model };
}
