import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What goes wrong with one reply. */
type FileFault =
  | { type: "status"; status: number; headers?: Record<string, string>; body?: string }
  /** Ends the connection after this many bytes of the body. */
  | { type: "reset"; after: number }
  /** Sends this many bytes of the body and then nothing. */
  | { type: "stall"; after: number };

type ServedFile = {
  content: Uint8Array;
  type?: string;
  /** The ETag with its quotes; by default a strong one of the content. Null for none, nor a date. */
  tag?: string | null;
  /** Whether Range is honored; yes unless told. */
  ranges?: boolean;
  headers?: Record<string, string>;
  /** Whether a length is announced; yes unless told. */
  announced?: boolean;
};

export type ScriptedFiles = AsyncDisposable & {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** By path with query; may be changed while the server runs. */
  files: Map<string, ServedFile>;
  /** Replies in a row that go wrong, by path; each is used once. */
  faults: Map<string, FileFault[]>;
  requests: { path: string; range: string | undefined; ifRange: string | undefined; agent: string }[];
};

/** A real HTTP server on the loopback that serves files with ETags and ranges (RFC 9110), and fails as the script says. */
export async function startScriptedFiles(): Promise<ScriptedFiles> {
  const files: ScriptedFiles["files"] = new Map();
  const faults: ScriptedFiles["faults"] = new Map();
  const requests: ScriptedFiles["requests"] = [];
  const server = createServer((incoming, outgoing) => {
    const path = decodeURI(incoming.url ?? "");
    const { range, "if-range": ifRange, "user-agent": agent = "" } = incoming.headers;
    requests.push({ path, range, ifRange: ifRange?.toString(), agent });
    const fault = faults.get(path)?.shift();
    if (fault?.type === "status") {
      outgoing.writeHead(fault.status, fault.headers).end(fault.body ?? "");
      return;
    }
    const file = files.get(path);
    if (file) sendFile({ incoming, outgoing, file, fault });
    else outgoing.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    faults,
    requests,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendFile(exchange: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  file: ServedFile;
  fault: Exclude<FileFault, { type: "status" }> | undefined;
}): void {
  const { incoming, outgoing, file, fault } = exchange;
  const { content, type = "application/octet-stream", ranges = true, announced = true } = file;
  const tag = file.tag === undefined ? `"${createHash("md5").update(content).digest("hex")}"` : file.tag;
  const start = ranges ? rangeStart(incoming, tag) : 0;
  const headers = { "content-type": type, ...(tag === null ? {} : { etag: tag }), ...file.headers };
  if (start > 0 && start >= content.length) {
    outgoing.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
    return;
  }
  const body = content.subarray(start);
  outgoing.writeHead(start > 0 ? 206 : 200, {
    ...headers,
    ...(announced ? { "content-length": body.length } : {}),
    ...(start > 0 ? { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
  });
  if (!fault) {
    outgoing.end(body);
    return;
  }
  outgoing.write(body.subarray(0, fault.after), () => {
    if (fault.type === "reset") setTimeout(() => outgoing.socket?.destroy(), 20);
  });
}

function rangeStart({ headers }: IncomingMessage, tag: string | null): number {
  const condition = headers["if-range"];
  if (condition !== undefined && condition !== tag) return 0;
  return Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
}
