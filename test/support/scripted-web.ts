import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { TellSent } from "../../src/knowledge/web-search/web-results.ts";

type WebRequest = {
  method: string;
  path: string;
  parameters: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
};

/** What a path answers with: a body with its type, or anything by hand. */
export type WebReply =
  | { status?: number; type?: string; headers?: Record<string, string>; body: string | Uint8Array }
  | ((response: ServerResponse) => void);

export type ScriptedWeb = AsyncDisposable & {
  /** `http://127.0.0.1:<port>` */
  url: string;
  port: number;
  /** By path without query; may be changed while the server runs. */
  replies: Map<string, WebReply>;
  requests: WebRequest[];
};

/** A real HTTP server on the loopback that answers as a search service or as the web does. */
export async function startScriptedWeb(): Promise<ScriptedWeb> {
  const replies: ScriptedWeb["replies"] = new Map();
  const requests: WebRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? "", "http://web");
    const { method = "", headers } = incoming;
    const body = await readText(incoming);
    requests.push({ method, path: pathname, parameters: searchParams, headers, body });
    const reply = replies.get(pathname);
    if (typeof reply === "function") reply(outgoing);
    else if (reply) {
      const type = reply.type ?? "application/json";
      outgoing.writeHead(reply.status ?? 200, { "content-type": type, ...reply.headers }).end(reply.body);
    } else outgoing.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    replies,
    requests,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What was told, in order. */
export function listen(): { told: Parameters<TellSent>[0][]; tell: TellSent } {
  const told: Parameters<TellSent>[0][] = [];
  return {
    told,
    tell: async (sent) => {
      told.push(sent);
    },
  };
}

export const htmlPage = (body: string, head = "<title>Effusion</title>"): WebReply => ({
  type: "text/html; charset=utf-8",
  body: `<!doctype html><html><head>${head}</head><body>${body}</body></html>`,
});
