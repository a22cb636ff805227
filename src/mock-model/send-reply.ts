import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { Conversation } from "./conversation.ts";
import type { Door } from "./doors/door.ts";
import type { Fault } from "./fault.ts";
import type { Generation } from "./generation.ts";

export type Sending = {
  outgoing: ServerResponse;
  door: Door;
  generation: Generation;
  conversation: Conversation;
  fault: Fault | undefined;
  /** Null: as fast as it goes. */
  tokensPerSecond: number | null;
  /** Aborts when the client has gone. */
  signal: AbortSignal;
};

/** After so many pieces of a reply comes what is to go wrong in its middle. */
const piecesBeforeFault = 3;
/** Without a pace so many pieces go out at once, and then others have their turn. */
const piecesAtOnce = 64;
/** Stands in a text where bytes are to stand that are no UTF-8. */
const notUtf8 = { mark: "\u{f8ff}", bytes: Buffer.from([0xc3, 0x28, 0xff]) };

/** Sends a reply in the door's form, whole or as a stream, with the fault that it has. */
export async function sendReply(sending: Sending): Promise<void> {
  const { outgoing, door, generation, conversation } = sending;
  const given = sending.fault?.name === "invalid-utf8" ? withMark(generation) : generation;
  if (!conversation.stream) return sendWhole(sending, JSON.stringify(door.whole(given, conversation)));
  outgoing.writeHead(200, { "content-type": door.streamType }).flushHeaders();
  const frames = door.frames(given, conversation);
  if (!(await sendStart(sending, frames))) return;
  await sendFrames(sending, frames);
  outgoing.end();
}

/** The pieces before a fault in the middle, and the fault; false where it has ended the reply. */
async function sendStart(sending: Sending, frames: Generator<string>): Promise<boolean> {
  const { outgoing, fault, signal } = sending;
  if (!fault || !(fault.name.endsWith("-midway") || fault.name === "half-json")) return true;
  for (let count = 0; count < piecesBeforeFault; count++) await write(sending, frames.next().value ?? "");
  switch (fault.name) {
    case "reset-midway":
      // What was written has to arrive before the reset, which overtakes it.
      await pause(10, undefined, { signal });
      outgoing.socket?.resetAndDestroy();
      return false;
    case "stall-midway":
      return false;
    case "error-midway":
      outgoing.end(
        sending.door.errorFrame({ status: 500, message: "Scripted: the server failed in the middle." }),
      );
      return false;
    case "half-json": {
      const next: string = frames.next().value ?? "{}";
      const start = Math.max(1, Math.floor(next.trimEnd().length / 2));
      outgoing.end(`${next.slice(0, start)}\n\n`);
      return false;
    }
    default:
      outgoing.end();
      return false;
  }
}

async function sendFrames(sending: Sending, frames: Generator<string>): Promise<void> {
  const { tokensPerSecond, signal } = sending;
  const start = performance.now();
  let sent = 0;
  for (let next = frames.next(); !next.done; ) {
    const due =
      tokensPerSecond === null
        ? sent + piecesAtOnce
        : 1 + Math.floor(((performance.now() - start) / 1000) * tokensPerSecond);
    let batch = "";
    for (; sent < due && !next.done; sent++, next = frames.next()) batch += next.value;
    if (batch !== "") await write(sending, batch);
    if (next.done) return;
    if (tokensPerSecond === null) await nextTurn(undefined, { signal });
    else
      await pause(Math.max(1, (1000 * sent) / tokensPerSecond - (performance.now() - start)), undefined, {
        signal,
      });
  }
}

async function write({ outgoing, fault, signal }: Sending, text: string): Promise<void> {
  const bytes = fault?.name === "invalid-utf8" ? breakUtf8(text) : text;
  if (!outgoing.write(bytes)) await once(outgoing, "drain", { signal });
}

async function sendWhole({ outgoing, fault, signal, door }: Sending, json: string): Promise<void> {
  const half = json.slice(0, Math.floor(json.length / 2));
  const error = door.problem({ status: 500, message: "Scripted: the server failed." });
  if (fault?.name === "error-midway") outgoing.writeHead(200);
  else outgoing.writeHead(200, { "content-type": "application/json" });
  switch (fault?.name) {
    case "reset-midway":
      outgoing.write(half);
      await pause(10, undefined, { signal });
      outgoing.socket?.resetAndDestroy();
      return;
    case "stall-midway":
      outgoing.write(half);
      return;
    case "cut-midway":
    case "half-json":
      outgoing.end(half);
      return;
    case "error-midway":
      outgoing.end(JSON.stringify(error.body));
      return;
    case "invalid-utf8":
      outgoing.end(breakUtf8(json));
      return;
    default:
      outgoing.end(json);
  }
}

function withMark(generation: Generation): Generation {
  const samples = generation.samples.map((sample) => {
    const tokens = sample.tokens.length > 0 ? sample.tokens : [{ token: "", logprob: 0, top: [] }];
    const middle = Math.floor(tokens.length / 2);
    const marked = tokens.map((token, place) =>
      place === middle ? { ...token, token: token.token + notUtf8.mark } : token,
    );
    return { ...sample, tokens: marked };
  });
  return { ...generation, samples };
}

function breakUtf8(text: string): Buffer {
  const parts = text.split(notUtf8.mark).map((part) => Buffer.from(part));
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [notUtf8.bytes, part])));
}
