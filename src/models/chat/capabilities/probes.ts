import type { ChatMessage, Continuation, ModelCapabilities } from "../chat.ts";
import type { ProbeReply } from "./probe-reply.ts";
import { type Ask, readProbe } from "./probe-reply.ts";

type Probe = { ask: Ask; signal: AbortSignal };

/** One color, 64 pixels a side: some preprocessing refuses images under 28 (Qwen2-VL's patches). */
const image = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAAA1BMVEUoWqAHpjy0AAAAG0lEQVRYw+3BgQAAAADDoPlT3+AEVQEAAAB8AxBAAAEZszF2AAAAAElFTkSuQmCC",
  "base64",
);

const words = "Write the words alpha bravo charlie delta echo, in this order and nothing else.";

function say(text: string): ChatMessage {
  return { role: "user", parts: [{ type: "text", text }] };
}

/** What every chat model does; where this fails nothing else is learned. */
export function probePlain({ ask, signal }: Probe): Promise<ProbeReply> {
  return readProbe(ask, { messages: [say(words)], maxOutputTokens: 1, signal });
}

export async function probeLogprobs({ ask, signal }: Probe): Promise<boolean | null> {
  const reply = await readProbe(ask, { messages: [say(words)], maxOutputTokens: 1, logprobs: 1, signal });
  if (reply.type === "unknown") return null;
  return reply.type === "reply" && reply.tokens.length > 0;
}

/** A server without stop strings writes the third word; a model that does not follow tells nothing. */
export async function probeStop({ ask, signal }: Probe): Promise<boolean | null> {
  const reply = await readProbe(ask, {
    messages: [say(words)],
    stop: ["charlie"],
    maxOutputTokens: 64,
    signal,
  });
  if (reply.type === "refused") return false;
  if (reply.type === "unknown") return null;
  if (/charlie|delta/i.test(reply.text)) return false;
  return /bravo/i.test(reply.text) ? true : null;
}

/**
 * The assistant's turn ends inside a word: only a server that goes on in the same turn replies with the rest of the word.
 */
export async function probeContinuation(
  { ask, signal }: Probe,
  ways: readonly Continuation[],
): Promise<Continuation | null> {
  const messages: ChatMessage[] = [
    say(words),
    { role: "assistant", text: "alpha bravo char", toolCalls: [] },
  ];
  const goesOn = await Promise.all(
    ways.map(async (way) => {
      const reply = await readProbe(ask, { messages, maxOutputTokens: 16, signal }, way);
      return reply.type === "reply" && reply.text.startsWith("lie");
    }),
  );
  return ways.find((_, index) => goesOn[index]) ?? null;
}

export async function probeTools({ ask, signal }: Probe): Promise<boolean | null> {
  const inputSchema = {
    type: "object",
    properties: { word: { type: "string" } },
    required: ["word"],
    additionalProperties: false,
  };
  const reply = await readProbe(ask, {
    messages: [say("Call the function note with the word alpha. Do not answer in words.")],
    tools: [{ name: "note", description: "Notes one word.", inputSchema }],
    maxOutputTokens: 128,
    signal,
  });
  if (reply.type === "unknown") return null;
  if (reply.type === "refused") return false;
  if (reply.calls.some(({ name }) => name === "note")) return true;
  return reply.cut ? null : false;
}

/** The one value that the schema allows is none that a model would choose: it shows that the server holds the model to the schema. */
export async function probeResponseSchema({ ask, signal }: Probe): Promise<boolean | null> {
  const reply = await readProbe(ask, {
    messages: [say("Which color has a clear sky by day? Reply with JSON that has one key: color.")],
    responseSchema: {
      type: "object",
      properties: { color: { type: "string", enum: ["zq7"] } },
      required: ["color"],
      additionalProperties: false,
    },
    maxOutputTokens: 64,
    signal,
  });
  if (reply.type === "unknown") return null;
  if (reply.type === "refused") return false;
  if (/^\s*\{\s*"color"\s*:\s*"zq7"\s*\}\s*$/.test(reply.text)) return true;
  return reply.cut ? null : false;
}

/**
 * Two made images, then one: many servers take one alone. A reply that counts exactly the tokens of the text without them shows that
 * the server left them out.
 */
export async function probeImages(
  { ask, signal }: Probe,
  plain: ProbeReply,
): Promise<ModelCapabilities["images"]> {
  const askWith = (count: number) => {
    const images = Array.from({ length: count }, () => ({
      type: "image" as const,
      bytes: image,
      mediaType: "image/png",
    }));
    const parts = [...images, { type: "text" as const, text: words }];
    return readProbe(ask, { messages: [{ role: "user", parts }], maxOutputTokens: 1, signal });
  };
  const two = await askWith(2);
  if (two.type === "reply") return wereLeftOut(two, plain) ? { most: 0 } : { most: null };
  if (two.type === "unknown") return null;
  // vLLM says how many: "At most 1 image(s) may be provided in one request."
  const [, said] = /at most (\d{1,4}) image/i.exec(two.serverMessage) ?? [];
  if (said !== undefined) return { most: Number(said) };
  const one = await askWith(1);
  if (one.type === "unknown") return null;
  return { most: one.type === "reply" && !wereLeftOut(one, plain) ? 1 : 0 };
}

function wereLeftOut(reply: ProbeReply & { type: "reply" }, plain: ProbeReply): boolean {
  return plain.type === "reply" && plain.inputTokens !== null && plain.inputTokens === reply.inputTokens;
}
