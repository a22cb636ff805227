import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";

/** A request as it arrived; `body` is the parsed JSON, undefined where there was none. */
export type ArrivedRequest = {
  method: string;
  path: string;
  body: unknown;
  authorization: string | undefined;
};

/** One reply; `json` unless there is `text`. A `fault` comes after the status and half of the body. */
export type TestReply = {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  fault?: "reset" | "stall" | "cut";
};

export type TestServer = AsyncDisposable & {
  /** `http://127.0.0.1:<port>` */
  url: string;
  requests: ArrivedRequest[];
};

/** A real HTTP server on the loopback that replies as it is told. */
export async function startTestServer(
  reply: (request: ArrivedRequest, index: number) => TestReply | Promise<TestReply>,
  port = 0,
): Promise<TestServer> {
  const requests: ArrivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const content = await readText(incoming);
    const request = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      body: content === "" ? undefined : (JSON.parse(content) as unknown),
      authorization: incoming.headers.authorization,
    };
    requests.push(request);
    send(response, await reply(request, requests.length - 1));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, json, text, fault }: TestReply): void {
  const body = text ?? JSON.stringify(json);
  const half = body.slice(0, body.length / 2);
  const type = text === undefined ? { "content-type": "application/json" } : {};
  if (fault === undefined || fault === "cut") {
    response.writeHead(status, { ...type, ...headers }).end(fault === "cut" ? half : body);
    return;
  }
  response.writeHead(status, { ...type, ...headers, "content-length": String(Buffer.byteLength(body)) });
  response.write(half, () => {
    if (fault === "reset") response.socket?.resetAndDestroy();
  });
}
