import { afterEach, describe, expect, it } from "vitest";
import {
  type ScriptedEndpoint,
  type ScriptedReply,
  startScriptedEndpoint,
} from "../../../test/support/scripted-endpoint.ts";
import type { ChatDelta, ChatMessage } from "./chat.ts";
import { type ChatModelOptions, createChatModel } from "./chat-model.ts";
import { guardFetch } from "./guarded-fetch.ts";

const key = "sk-secret-0123456789";
const question: ChatMessage[] = [{ role: "user", parts: [{ type: "text", text: "What is seen?" }] }];

let endpoint: ScriptedEndpoint | undefined;
afterEach(() => endpoint?.close());

async function modelFor(script: readonly ScriptedReply[], options: Partial<ChatModelOptions> = {}) {
  endpoint = await startScriptedEndpoint(script);
  return createChatModel({
    endpoint: endpoint.url,
    model: "scripted",
    apiKey: key,

    attempts: 1,
    ...options,
  });
}

async function collect(stream: AsyncIterable<ChatDelta>) {
  const deltas: ChatDelta[] = [];
  for await (const delta of stream) deltas.push(delta);
  return deltas;
}

/** What a stream rejects with; fails where it does not reject. The key must be in no part of it. */
async function failureOf(stream: AsyncIterable<ChatDelta>) {
  const error: unknown = await collect(stream).then(
    () => expect.unreachable("the stream ended without an error"),
    (reason: unknown) => reason,
  );
  const { name, message, cure, facts, stack, cause } = error as Error & Record<string, unknown>;
  expect(JSON.stringify({ name, message, cure, facts, stack })).not.toContain(key);
  expect(cause).toBeUndefined();
  return error;
}

/** A fetch that replies with these bytes, one chunk at a time, after a wait for each. Honors the signal as fetch does. */
function fetchOf(chunks: Iterable<string>, { status = 200, waitMilliseconds = 0 } = {}): typeof fetch {
  const rest = chunks[Symbol.iterator]();
  return async (_, init) => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason)),
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
        const { done, value } = rest.next();
        if (init?.signal?.aborted) return;
        if (done) controller.close();
        else controller.enqueue(new TextEncoder().encode(value));
      },
    });
    return new Response(body, { status });
  };
}

function textEvent(content: string, finishReason: string | null = null) {
  return `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finishReason }] })}\n\n`;
}

describe("a failure", () => {
  it("is endpoint-unreachable where nothing listens", async () => {
    const model = await modelFor([]);
    await endpoint?.close();
    expect(await failureOf(model.stream({ messages: question }))).toMatchObject({
      code: "endpoint-unreachable",
      facts: { cause: "ECONNREFUSED" },
    });
  });

  it("is endpoint-unreachable where the host has no address", async () => {
    const noHost: typeof fetch = async () => {
      const cause = Object.assign(new Error("getaddrinfo ENOTFOUND nowhere.invalid"), { code: "ENOTFOUND" });
      throw new TypeError("fetch failed", { cause });
    };
    const model = createChatModel({
      endpoint: "http://nowhere.invalid/v1",
      model: "m",
      apiKey: key,
      fetch: noHost,
    });
    expect(await failureOf(model.stream({ messages: question }))).toMatchObject({
      code: "endpoint-unreachable",
      facts: { cause: "ENOTFOUND" },
    });
  });

  it.each([
    [401, { error: { message: `Incorrect key: ${key}` } }, "Incorrect key: [key]"],
    [404, { error: "no model\u001b[31m here" }, "no model [31m here"],
    [422, { detail: "too long" }, "too long"],
    [400, "plain\ntext", "plain text"],
    [403, "", ""],
  ])("is endpoint-refused at status %d, with what the server says", async (status, body, serverMessage) => {
    const model = await modelFor([{ status, body: typeof body === "string" ? body : JSON.stringify(body) }]);
    const error = await failureOf(model.stream({ messages: question }));
    expect(error).toMatchObject({ code: "endpoint-refused", facts: { status, serverMessage } });
  });

  it.each([
    [429, "endpoint-busy"],
    [503, "endpoint-busy"],
    [529, "endpoint-busy"],
    [500, "endpoint-broken"],
    [502, "endpoint-broken"],
    [408, "endpoint-refused"],
  ])("at status %d is %s, with what the server says", async (status, code) => {
    const body = JSON.stringify({ error: { message: `later, ${key}` } });
    const model = await modelFor([{ status, body }]);
    const error = await failureOf(model.stream({ messages: question }));
    expect(error).toMatchObject({ code, facts: { status, serverMessage: "later, [key]" } });
  });

  it("keeps at most 300 characters of an endless message", async () => {
    const model = await modelFor([{ status: 400, body: key.repeat(50_000) }]);
    const error = await failureOf(model.stream({ messages: question }));
    expect(error).toMatchObject({ facts: { serverMessage: "[key]".repeat(60) } });
  });

  it("reads no more of an endless refusal than it needs", async () => {
    const endless = (function* () {
      while (true) yield "x".repeat(1024);
    })();
    const model = await modelFor([], { fetch: fetchOf(endless, { status: 400 }) });
    const error = await failureOf(model.stream({ messages: question }));
    expect(error).toMatchObject({ code: "endpoint-refused", facts: { serverMessage: "x".repeat(300) } });
  });

  it("is endpoint-refused where the server redirects, so that nothing goes to another host", async () => {
    const model = await modelFor([], {
      fetch: async (_, init) => {
        expect(init?.redirect).toBe("manual");
        return new Response(null, { status: 307, headers: { location: "http://elsewhere.invalid/v1" } });
      },
    });
    const error = await failureOf(model.stream({ messages: question }));
    expect(error).toMatchObject({
      code: "endpoint-refused",
      message: expect.stringContaining("elsewhere.invalid"),
    });
  });

  it.each(["reset-midway", "half-json", "empty-choices"] as const)(
    "is endpoint-broken after the fault %s",
    async (fault) => {
      const model = await modelFor([{ text: "A text that is cut in the middle.", fault }]);
      const error = await failureOf(model.stream({ messages: question }));
      expect(error).toMatchObject({ code: "endpoint-broken" });
    },
  );

  it("says that a reply holds no choice, or ended too early", async () => {
    const empty = await modelFor([{ text: "Nothing.", fault: "empty-choices" }]);
    const half = await modelFor([], { fetch: fetchOf([textEvent("half")]) });
    const told = [
      /reply of the model server at http\S+ holds no choice\.$/,
      /ended before it was complete\.$/,
    ];
    for (const [index, model] of [empty, half].entries()) {
      const error = await failureOf(model.stream({ messages: question }));
      expect(error).toMatchObject({ message: expect.stringMatching(told[index]!) });
    }
  });

  it("names the content type where a web page comes instead of a stream", async () => {
    const model = await modelFor([{ fault: "html" }]);
    const error = await failureOf(model.stream({ messages: question }));
    expect(error).toMatchObject({ facts: { contentType: "text/html" } });
  });

  it("is endpoint-broken where the stream ends without a finish", async () => {
    const model = await modelFor([], { fetch: fetchOf([textEvent("half")]) });
    expect(await failureOf(model.stream({ messages: question }))).toMatchObject({ code: "endpoint-broken" });
  });

  it("is endpoint-broken where a reply that began ends in an error without a code", async () => {
    const chunks = (function* () {
      yield textEvent("half");
      throw new TypeError("terminated");
    })();
    const model = await modelFor([], { fetch: fetchOf(chunks) });
    expect(await failureOf(model.stream({ messages: question }))).toMatchObject({ code: "endpoint-broken" });
  });

  it("is endpoint-broken with the server's words where an error comes inside the stream", async () => {
    const event = `data: {"error":{"message":"engine died, key ${key}"}}\n\n`;
    const model = await modelFor([], { fetch: fetchOf([event]) });
    expect(await failureOf(model.stream({ messages: question }))).toMatchObject({
      code: "endpoint-broken",
      facts: { serverMessage: "engine died, key [key]" },
    });
  });

  it.each([
    { fault: "stall", text: "Some text, then silence." },
    { delayMilliseconds: 5_000, text: "Too late." },
  ] as const)("is endpoint-stalled after silence, and frees the connection (%j)", async (reply) => {
    const model = await modelFor([reply], { idleTimeoutMilliseconds: 60 });
    const error = await failureOf(model.stream({ messages: question }));
    expect(error).toMatchObject({ code: "endpoint-stalled", facts: { idleTimeoutMilliseconds: 60 } });
    await expect.poll(() => endpoint?.abandoned.length).toBe(1);
  });
});

describe("the idle timeout", () => {
  it("is kept off by any byte, such as a comment that keeps the connection alive", async () => {
    const chunks = [...Array<string>(10).fill(": still reading the prompt\n\n"), textEvent("Yes", "stop")];
    const model = await modelFor([], {
      fetch: fetchOf(chunks, { waitMilliseconds: 30 }),
      idleTimeoutMilliseconds: 200,
    });
    expect(await collect(model.stream({ messages: question }))).toMatchObject([
      { text: "Yes" },
      { type: "finish" },
    ]);
  });

  it("does not count the time that the reader of the stream takes", async () => {
    const chunks = [...Array<string>(30).fill(textEvent("a")), textEvent("b", "stop")];
    const model = await modelFor([], { fetch: fetchOf(chunks), idleTimeoutMilliseconds: 100 });
    let text = "";
    for await (const delta of model.stream({ messages: question })) {
      if (text.length < 2) await new Promise((resolve) => setTimeout(resolve, 200));
      if (delta.type === "text") text += delta.text;
    }
    expect(text).toBe(`${"a".repeat(30)}b`);
  });
});

it("nothing leaves for another origin than the endpoint's, whoever asks for it", async () => {
  let sent = 0;
  const counting: typeof fetch = async () => {
    sent += 1;
    return new Response();
  };
  const options = { fetch: counting, idleTimeoutMilliseconds: 100, redact: (text: string) => text };
  const guarded = guardFetch({ endpoint: "https://host.invalid/v1", ...options });
  for (const url of [
    "https://other.invalid/v1/x",
    "http://host.invalid/v1/x",
    "https://host.invalid:444/v1/x",
    "https://host.invalid@other.invalid/v1",
  ]) {
    await expect(guarded(url)).rejects.toThrow("another host");
    await expect(guarded(new Request(url.replace("host.invalid@", "")))).rejects.toThrow("another host");
  }
  expect(sent).toBe(0);
  await guarded("https://host.invalid/v1/x").catch(() => undefined);
  expect(sent).toBe(1);
});
