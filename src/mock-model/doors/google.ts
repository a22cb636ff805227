import { parseJson } from "#platform";
import { plainConversation } from "../conversation.ts";
import type { Generation, Sample } from "../generation.ts";
import type { Problem } from "../problem.ts";
import { type Door, readBody } from "./door.ts";
import { generateRequest, toMessage } from "./google-request.ts";

const statuses: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  503: "UNAVAILABLE",
};

/** `/v1beta/models/NAME:streamGenerateContent` and `:generateContent`. A last turn of the model is continued. */
export const google: Door = {
  name: "google",
  path: /^\/v1beta\/models\/(?<model>[^/:]+):(?<method>streamGenerateContent|generateContent)$/,
  read({ body, caught, query }) {
    const {
      contents,
      systemInstruction,
      tools = [],
      generationConfig: settings,
    } = readBody(generateRequest, body);
    const system = systemInstruction ? [toMessage({ role: "system", parts: systemInstruction.parts })] : [];
    return {
      ...plainConversation,
      model: decodeURIComponent(caught.model ?? ""),
      messages: [...system, ...contents.map(({ role = "user", parts }) => toMessage({ role, parts }))],
      tools: tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations.map(({ name }) => name)),
      stop: settings?.stopSequences ?? [],
      mostTokens: settings?.maxOutputTokens ?? null,
      seed: settings?.seed ?? null,
      samples: settings?.candidateCount ?? 1,
      alternatives: settings?.responseLogprobs ? (settings.logprobs ?? 0) : null,
      continues: contents.at(-1)?.role === "model",
      schema: settings?.responseJsonSchema ?? settings?.responseSchema ?? null,
      stream: caught.method === "streamGenerateContent" && query.get("alt") === "sse",
    };
  },
  streamType: "text/event-stream",
  *frames(generation) {
    const chunk = (fields: object) =>
      `data: ${JSON.stringify({ ...fields, ...identityOf(generation) })}\r\n\r\n`;
    const usage = usageOf(generation);
    const isEmpty = generation.samples.length === 0;
    if (isEmpty) yield chunk(usage);
    for (const [index, sample] of generation.samples.entries()) {
      const candidate = (fields: object, part?: object) =>
        chunk({
          candidates: [{ ...(part ? { content: { parts: [part], role: "model" } } : {}), index, ...fields }],
          ...usage,
        });
      if (sample.refusal !== null) yield chunk({ promptFeedback: { blockReason: "OTHER" }, ...usage });
      else {
        for (const text of sample.reasoning) yield candidate({}, { text, thought: true });
        for (const token of sample.tokens) {
          yield candidate(generation.measured ? logprobsOf([token]) : {}, { text: token.token });
        }
        for (const call of sample.toolCalls) yield candidate({}, toFunctionCall(call));
        yield sample.finish === "content-filter"
          ? candidate(finishOf(sample))
          : candidate(finishOf(sample), { text: "" });
      }
    }
  },
  whole(generation, conversation) {
    const candidates = generation.samples
      .filter(({ refusal }) => refusal === null)
      .map((sample, index) => ({
        ...(sample.finish === "content-filter" ? {} : { content: { parts: partsOf(sample), role: "model" } }),
        ...finishOf(sample),
        index,
        ...(generation.measured ? logprobsOf(sample.tokens) : {}),
      }));
    const isBlocked = generation.samples.some(({ refusal }) => refusal !== null);
    const reply = {
      ...(candidates.length > 0 ? { candidates } : {}),
      ...(isBlocked ? { promptFeedback: { blockReason: "OTHER" } } : {}),
      ...usageOf(generation),
      ...identityOf(generation),
    };
    return conversation.stream ? [reply] : reply;
  },
  errorFrame: (problem) => `data: ${JSON.stringify(toError(problem))}\r\n\r\n`,
  problem: (problem) => ({ status: problem.status, body: toError(problem) }),
};

function partsOf(sample: Sample): object[] {
  const text = sample.tokens.map(({ token }) => token).join("");
  const thought = sample.reasoning.join("");
  return [
    ...(thought === "" ? [] : [{ text: thought, thought: true }]),
    ...(text === "" && sample.toolCalls.length > 0 ? [] : [{ text }]),
    ...sample.toolCalls.map(toFunctionCall),
  ];
}

function toFunctionCall({ name, input }: Sample["toolCalls"][number]): object {
  return { functionCall: { name, args: parseJson(input) ?? {} } };
}

function finishOf({ finish }: Sample): object {
  const reasons = {
    stop: "STOP",
    length: "MAX_TOKENS",
    "tool-calls": "STOP",
    "content-filter": "SAFETY",
    refusal: "OTHER",
  };
  return { finishReason: reasons[finish] };
}

function logprobsOf(tokens: Sample["tokens"]): object {
  const sum = tokens.reduce((total, { logprob }) => total + logprob, 0);
  const entry = ({ token, logprob }: { token: string; logprob: number }) => ({
    token,
    tokenId: 0,
    logProbability: logprob,
  });
  return {
    avgLogprobs: tokens.length === 0 ? 0 : sum / tokens.length,
    logprobsResult: {
      topCandidates: tokens.map(({ top }) => ({ candidates: top.map(entry) })),
      chosenCandidates: tokens.map(entry),
    },
  };
}

function usageOf({ usage }: Generation): object {
  if (!usage) return {};
  const { inputTokens, outputTokens, reasoningTokens } = usage;
  return {
    usageMetadata: {
      promptTokenCount: inputTokens,
      candidatesTokenCount: outputTokens - reasoningTokens,
      totalTokenCount: inputTokens + outputTokens,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: inputTokens }],
      ...(reasoningTokens > 0 ? { thoughtsTokenCount: reasoningTokens } : {}),
    },
  };
}

function identityOf({ model, id }: Generation): object {
  return { modelVersion: model, responseId: id };
}

function toError({ status, message, retrySeconds }: Problem): object {
  const retry = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retrySeconds}s` };
  const details = retrySeconds === undefined ? {} : { details: [retry] };
  return { error: { code: status, message, status: statuses[status] ?? "INTERNAL", ...details } };
}
