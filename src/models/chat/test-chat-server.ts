import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { ChatDelta, ChatMessage } from "./chat.ts";

export type ArrivedChat = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** The parsed body; empty where there was none. */
  body: Record<string, unknown>;
};

export type ChatServer = AsyncDisposable & {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  requests: ArrivedChat[];
  /** Requests at once, at the most. */
  mostAtOnce(): number;
};

/** A real HTTP server on the loopback; `reply` writes each response itself. */
export async function startChatServer(
  reply: (response: ServerResponse, request: ArrivedChat, index: number) => unknown,
): Promise<ChatServer> {
  const requests: ArrivedChat[] = [];
  let [now, most] = [0, 0];
  const server = createServer(async (incoming, response) => {
    most = Math.max(most, ++now);
    response.once("close", () => now--);
    const content = await readText(incoming);
    const { method = "", url: path = "", headers } = incoming;
    const request = { method, path, headers, body: content === "" ? {} : JSON.parse(content) };
    await reply(response, request, requests.push(request) - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    mostAtOnce: () => most,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends events as OpenAI's chat completions do, and ends. */
export function sendEvents(response: ServerResponse, events: readonly unknown[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
  response.end("data: [DONE]\n\n");
}

/** A reply of one piece of text in the shape of OpenAI's stream. */
export function sendText(response: ServerResponse, content: string, reason = "stop"): void {
  sendEvents(response, [
    { choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: reason }] },
  ]);
}

export function sendJson(
  response: ServerResponse,
  json: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
}

export function userSays(text: string): ChatMessage[] {
  return [{ role: "user", parts: [{ type: "text", text }] }];
}

export async function collect(stream: AsyncIterable<ChatDelta>): Promise<ChatDelta[]> {
  return Array.fromAsync(stream);
}

export function textOf(deltas: readonly ChatDelta[]): string {
  return deltas.map((delta) => (delta.type === "text" ? delta.text : "")).join("");
}

/** What a promise rejects with; throws where it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("It was to fail.");
    },
    (reason: unknown) => reason,
  );
}
