import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { isLoopback } from "#platform";
import type { Journal } from "./launch-journal.ts";

/** Lies at the same depth below the source and below the build. */
const pageFile = fileURLToPath(new URL("../../../recipes/training/page.html", import.meta.url));

export type LaunchPage = AsyncDisposable & { url: string };

type Answer = { status: number; type: string; body: string };

const headers = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'",
  "x-content-type-options": "nosniff",
};

/** Serves a page on the loopback that draws the metrics as they come. Holds nothing but what the journal holds. */
export async function serveLaunchPage(
  journal: Journal,
  { title, port }: { title: string; port: number },
): Promise<LaunchPage> {
  const page = (await readFile(pageFile, "utf8")).replaceAll("{title}", title.replace(/[<>&"]/g, ""));
  const answer = (request: IncomingMessage): Answer => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    if (!isLoopback((request.headers.host ?? "").replace(/:\d+$/, "")))
      return plainText(403, "Not from here.");
    if (request.method !== "GET") return plainText(405, "Nothing can be changed here.");
    if (pathname === "/") return { status: 200, type: "text/html", body: page };
    if (pathname !== "/metrics.json") return plainText(404, "There is nothing here.");
    const { metrics, finished, flags } = journal;
    const body = JSON.stringify({ metrics, finished: finished(), flags: flags() });
    return { status: 200, type: "application/json", body };
  };
  const server = createServer((request, response) => {
    const { status, type, body } = answer(request);
    response.writeHead(status, { ...headers, "content-type": `${type}; charset=utf-8` }).end(body);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}/`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function plainText(status: number, body: string): Answer {
  return { status, type: "text/plain", body };
}
