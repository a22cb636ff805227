import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

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
 * A real HTTP server on the loopback that speaks OpenAI's chat completions with server-sent events, for tests.
 * Replies in the order of the script, or as the function says; a request beyond the script gets status 500.
 * Honors `stop` as servers do: the text ends before the first stop string, with the finish reason "stop".
 */
export async function startScriptedEndpoint(
  script: readonly ScriptedReply[] | ((request: ChatRequest, index: number) => ScriptedReply),
): Promise<ScriptedEndpoint> {
  const requests: ChatRequest[] = [];
  const abandoned: ChatRequest[] = [];

  const server = createServer(async (incoming, outgoing) => {
    if (incoming.method !== "POST" || incoming.url?.split("?")[0] !== "/v1/chat/completions") {
      outgoing.writeHead(404).end();
      return;
    }
    const request = await readRequest(incoming);
    const index = requests.push(request) - 1;
    const gone = new AbortController();
    outgoing.once("close", () => {
      if (outgoing.writableFinished) return;
      abandoned.push(request);
      gone.abort();
    });
    const reply =
      typeof script === "function" ? script(request, index) : (script[index] ?? beyondScript(index));
    await sendReply({ outgoing, request, reply, signal: gone.signal }).catch((error: unknown) => {
      if (!gone.signal.aborted) throw error;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return { url, requests, abandoned, close, [Symbol.asyncDispose]: close };
}

function beyondScript(index: number): ScriptedReply {
  return {
    status: 500,
    body: JSON.stringify({ error: { message: `The script has no reply ${index + 1}.` } }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<ChatRequest> {
  const body = JSON.parse(await readText(incoming)) as Omit<ChatRequest, "authorization">;
  return { ...body, authorization: incoming.headers.authorization ?? null };
}

async function sendReply({
  outgoing,
  request,
  reply,
  signal,
}: {
  outgoing: ServerResponse;
  request: ChatRequest;
  reply: ScriptedReply;
  signal: AbortSignal;
}): Promise<void> {
  if (reply.delayMilliseconds !== undefined) await pause(reply.delayMilliseconds, undefined, { signal });
  if (reply.status !== undefined) {
    const body = reply.body ?? JSON.stringify({ error: { message: "scripted failure" } });
    outgoing.writeHead(reply.status, { "content-type": "application/json" }).end(body);
    return;
  }
  if (reply.fault === "html") {
    outgoing.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Welcome</p>");
    return;
  }
  outgoing.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();

  const events = toEvents(reply, request);
  const midway = reply.fault === undefined || reply.fault === "empty-choices" ? events.length : 3;
  for (const event of events.slice(0, midway)) outgoing.write(`data: ${JSON.stringify(event)}\n\n`);
  switch (reply.fault) {
    case "reset-midway":
      await pause(10, undefined, { signal });
      outgoing.socket?.resetAndDestroy();
      return;
    case "stall":
      return;
    case "half-json":
      outgoing.end(`data: {"choices":[{"index":0,"delta":{"cont\n\n`);
      return;
    default:
      outgoing.end("data: [DONE]\n\n");
  }
}

function toEvents(reply: ScriptedReply, request: ChatRequest): object[] {
  const envelope = {
    id: "chatcmpl-scripted",
    object: "chat.completion.chunk",
    created: 0,
    model: request.model,
  };
  const event = (delta: object, finishReason: string | null = null) => ({
    ...envelope,
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  });
  if (reply.fault === "empty-choices") return [{ ...envelope, choices: [] }];

  const { text, stopped } = cutAtStop(reply.text ?? "", [request.stop ?? []].flat());
  const calls = stopped ? [] : (reply.toolCalls ?? []);
  const usage = reply.usage && {
    prompt_tokens: reply.usage.inputTokens,
    completion_tokens: reply.usage.outputTokens,
    total_tokens: reply.usage.inputTokens + reply.usage.outputTokens,
  };
  return [
    event({ role: "assistant", content: "" }),
    ...inPieces(reply.reasoning ?? "").map((piece) => event({ reasoning_content: piece })),
    ...inPieces(text).map((piece) => event({ content: piece })),
    ...calls.flatMap(({ name, input }, index) => [
      event({
        tool_calls: [{ index, id: `call-${index + 1}`, type: "function", function: { name, arguments: "" } }],
      }),
      ...inPieces(JSON.stringify(input)).map((piece) =>
        event({ tool_calls: [{ index, function: { arguments: piece } }] }),
      ),
    ]),
    event({}, calls.length > 0 ? "tool_calls" : "stop"),
    ...(usage && request.stream_options?.include_usage ? [{ ...envelope, choices: [], usage }] : []),
  ];
}

function cutAtStop(text: string, stop: readonly string[]): { text: string; stopped: boolean } {
  const starts = stop.map((string) => text.indexOf(string)).filter((start) => start >= 0);
  return starts.length > 0
    ? { text: text.slice(0, Math.min(...starts)), stopped: true }
    : { text, stopped: false };
}

/** Pieces of four characters, about as servers stream tokens. */
function inPieces(text: string): string[] {
  return text.match(/.{1,4}/gsu) ?? [];
}
