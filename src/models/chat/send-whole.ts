import {
  type ClientRequest,
  type IncomingMessage,
  Agent as PlainAgent,
  request as sendPlain,
} from "node:http";
import { Agent as SecureAgent, request as sendSecure } from "node:https";

/** Shorter than the five seconds after which many servers (uvicorn) close a connection that nobody uses, so that none is used again then. */
const connections = { keepAlive: true, timeout: 4_000 };
const plain = new PlainAgent(connections);
const secure = new SecureAgent(connections);
const readAheadBytes = 64 * 1024;
/** They have no body (Fetch Standard, "null body status"). */
const bodiless = [204, 205, 304];

/**
 * `fetch` for a body that is there as a whole: a third of its work, and without its copies of the body. Follows no redirect, asks for
 * no compression, knows no proxy and no cookies. Rejects as an aborted fetch does, with the signal's reason, or with Node's error of the
 * connection.
 */
export const sendWhole: typeof globalThis.fetch = async (input, init = {}) => {
  const { method = "GET", body } = init;
  const signal = init.signal ?? undefined;
  if (input instanceof Request || !isWhole(body)) throw new TypeError("The body is not there as a whole.");
  const address = new URL(input);
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(usual)) if (!headers.has(name)) headers.set(name, value);
  if (body) headers.set("content-length", String(Buffer.byteLength(body)));
  signal?.throwIfAborted();
  const given = { method, headers: Object.fromEntries(headers) };
  const outgoing =
    address.protocol === "https:"
      ? sendSecure(address, { ...given, agent: secure })
      : sendPlain(address, { ...given, agent: plain });
  return new Promise((resolve, reject) => {
    outgoing.on("error", reject);
    outgoing.once("response", (incoming) => resolve(toResponse(incoming)));
    if (signal) endWith(signal, outgoing);
    outgoing.end(body ?? undefined);
  });
};

const usual = { accept: "*/*", "user-agent": "node" };

function isWhole(body: unknown): body is string | Uint8Array | null | undefined {
  return body === undefined || body === null || typeof body === "string" || body instanceof Uint8Array;
}

/** Ends the exchange where the signal is aborted: the request before there is a reply, then the reply. */
function endWith(signal: AbortSignal, outgoing: ClientRequest): void {
  let incoming: IncomingMessage | undefined;
  outgoing.once("response", (message) => {
    incoming = message;
  });
  const abort = () => (incoming ?? outgoing).destroy(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  outgoing.once("close", () => signal.removeEventListener("abort", abort));
}

function toResponse(incoming: IncomingMessage): Response {
  const { statusCode: status = 0, rawHeaders } = incoming;
  const headers = new Headers();
  for (let place = 0; place < rawHeaders.length; place += 2)
    headers.append(rawHeaders[place]!, rawHeaders[place + 1]!);
  if (!bodiless.includes(status)) return new Response(bodyOf(incoming), { status, headers });
  incoming.resume();
  return new Response(null, { status, headers });
}

/** By hand: Node's own conversion takes longer than all else of a short reply. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        incoming.on("data", (piece: Buffer<ArrayBuffer>) => {
          controller.enqueue(piece);
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        incoming.once("end", () => controller.close());
        incoming.on("error", (error) => controller.error(error));
      },
      pull: () => void incoming.resume(),
      cancel: () => void incoming.destroy(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: readAheadBytes }),
  );
}
