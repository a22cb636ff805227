import { type Exchange, type ScriptReply, startMockModel } from "../../src/mock-model/index.ts";

/** The body of a chat completion request as it arrived, and its `Authorization` header. */
export type ChatRequest = {
  model: string;
  messages: {
    role: "system" | "user" | "assistant" | "tool";
    content:
      | string
      | null
      | ({ type: "text"; text: string } | { type: "image_url"; image_url: { url: string } })[];
    tool_calls?: { id: string; type: "function"; function: { name: string; arguments: string } }[];
    tool_call_id?: string;
  }[];
  tools?: { type: "function"; function: { name: string; description: string; parameters: unknown } }[];
  stop?: string | string[];
  max_tokens?: number;
  seed?: number;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  authorization: string | null;
};

/** One reply. Reasoning comes first, then text, then tool calls. With `status` or a `fault` it is no good reply. */
export type ScriptedReply = {
  text?: string;
  reasoning?: string;
  toolCalls?: { name: string; input: unknown }[];
  /** Reported where the request asks for it. */
  usage?: { inputTokens: number; outputTokens: number };
  /** Replies with this status and `body` instead of a stream. */
  status?: number;
  body?: string;
  /** "reset-midway", "stall" and "half-json" come after the first chunks of the reply. */
  fault?: "reset-midway" | "stall" | "half-json" | "empty-choices" | "html";
  /** Wait before the first byte. */
  delayMilliseconds?: number;
};

export type ScriptedEndpoint = AsyncDisposable & {
  /** `http://127.0.0.1:<port>/v1` */
  url: string;
  /** In order of arrival; filled while the endpoint lives. */
  requests: ChatRequest[];
  /** Requests whose client closed the connection before the reply had ended. */
  abandoned: ChatRequest[];
  close(): Promise<void>;
};

/**
 * The mock model with a script in the test's own code. Replies in the order of the script, or as the function says; a request
 * beyond the script gets status 500, a probe of what the server can is refused and is not among the requests. Takes images as
 * they are, whether they can be decoded or not.
 */
export async function startScriptedEndpoint(
  script: readonly ScriptedReply[] | ((request: ChatRequest, index: number) => ScriptedReply),
): Promise<ScriptedEndpoint> {
  const requests: ChatRequest[] = [];
  const abandoned: ChatRequest[] = [];
  const byExchange = new Map<number, ChatRequest>();
  const { url, close } = await startMockModel({
    models: "any",
    checksImages: false,
    script(exchange) {
      const request = toRequest(exchange);
      if (isProbe(request)) return toReply({ status: 400, body: '{"error":{"message":"No probes here."}}' });
      const index = requests.push(request) - 1;
      byExchange.set(exchange.index, request);
      return toReply(
        typeof script === "function" ? script(request, index) : (script[index] ?? beyondScript(index)),
      );
    },
    onGone({ index }) {
      const request = byExchange.get(index);
      if (request) abandoned.push(request);
    },
  });
  return { url: `${url}/v1`, requests, abandoned, close, [Symbol.asyncDispose]: close };
}

function toRequest({ body, authorization }: Exchange): ChatRequest {
  return { ...(body as Omit<ChatRequest, "authorization">), authorization };
}

/** What our client asks to find out what a server can; refused, and no part of the script. */
function isProbe({ messages }: ChatRequest): boolean {
  const [first] = messages;
  const text = JSON.stringify(first?.role === "user" ? first.content : "");
  return /Write the words alpha bravo|Call the function note with|Which color has a clear sky/.test(text);
}

function beyondScript(index: number): ScriptedReply {
  return {
    status: 500,
    body: JSON.stringify({ error: { message: `The script has no reply ${index + 1}.` } }),
  };
}

function toReply({ toolCalls, usage, fault, ...reply }: ScriptedReply): ScriptReply {
  return {
    ...reply,
    usage: usage ?? "missing",
    ...(fault === undefined ? {} : { fault: fault === "stall" ? "stall-midway" : fault }),
    ...(toolCalls === undefined
      ? {}
      : {
          toolCalls: toolCalls.map(({ name, input }, index) => ({
            id: `call-${index + 1}`,
            name,
            input: JSON.stringify(input),
          })),
        }),
  };
}
