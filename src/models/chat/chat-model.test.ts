import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import {
  type ScriptedEndpoint,
  type ScriptedReply,
  startScriptedEndpoint,
} from "../../../test/support/scripted-endpoint.ts";
import type { ChatDelta, ChatMessage } from "./chat.ts";
import { type ChatModelOptions, createChatModel } from "./chat-model.ts";

const key = "sk-secret-0123456789";
const question: ChatMessage[] = [{ role: "user", parts: [{ type: "text", text: "What is seen?" }] }];

let endpoint: ScriptedEndpoint | undefined;
afterEach(() => endpoint?.close());

async function modelFor(script: readonly ScriptedReply[], options: Partial<ChatModelOptions> = {}) {
  endpoint = await startScriptedEndpoint(script);
  return createChatModel({ endpoint: endpoint.url, model: "scripted", apiKey: key, fetch, ...options });
}

async function collect(stream: AsyncIterable<ChatDelta>) {
  const deltas: ChatDelta[] = [];
  for await (const delta of stream) deltas.push(delta);
  return deltas;
}

function textOf(deltas: ChatDelta[], type: "text" | "reasoning" = "text") {
  return deltas.map((delta) => (delta.type === type ? delta.text : "")).join("");
}

describe("a reply", () => {
  it("streams text in order and ends with one finish", async () => {
    const text = "The left lower lobe shows consolidation; 肺炎 is likely (𝛼 = 0.05).";
    const deltas = await collect((await modelFor([{ text }])).stream({ messages: question }));
    expect(textOf(deltas)).toBe(text);
    expect(deltas.filter(({ type }) => type === "text").length).toBeGreaterThan(5);
    expect(deltas.filter(({ type }) => type === "finish")).toHaveLength(1);
    expect(deltas.at(-1)).toMatchObject({ type: "finish", reason: "stop" });
  });

  it("gives any text back unchanged, however the bytes are split", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme", minLength: 1 })),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, size) => {
          const events = pieces.map((content) => ({ choices: [{ delta: { content } }] }));
          const wire = [...events, { choices: [{ delta: {}, finish_reason: "stop" }] }]
            .map((event) => `data: ${JSON.stringify(event)}\n\n`)
            .join("");
          const bytes = new TextEncoder().encode(wire);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.slice(index * size, (index + 1) * size),
          );
          const body = ReadableStream.from(chunks);
          const model = createChatModel({
            endpoint: "http://127.0.0.1/v1",
            model: "scripted",
            fetch: async () => new Response(body),
          });
          expect(textOf(await collect(model.stream({ messages: question })))).toBe(pieces.join(""));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("keeps reasoning apart from text", async () => {
    const model = await modelFor([{ reasoning: "Look at the hila first.", text: "No finding." }]);
    const deltas = await collect(model.stream({ messages: question }));
    expect(textOf(deltas, "reasoning")).toBe("Look at the hila first.");
    expect(textOf(deltas)).toBe("No finding.");
  });

  it("ends before a stop string", async () => {
    const model = await modelFor([{ text: "<query>effusion</query> and more" }]);
    const deltas = await collect(model.stream({ messages: question, stop: ["</query>", "never"] }));
    expect(textOf(deltas)).toBe("<query>effusion");
    expect(deltas.at(-1)).toMatchObject({ reason: "stop" });
    expect(endpoint?.requests[0]?.stop).toEqual(["</query>", "never"]);
  });

  it("assembles tool calls from their pieces", async () => {
    const model = await modelFor([
      {
        toolCalls: [
          { name: "search_passages", input: { query: "pleural effusion" } },
          { name: "find_similar_cases", input: {} },
        ],
      },
    ]);
    const deltas = await collect(model.stream({ messages: question }));
    expect(deltas).toMatchObject([
      {
        type: "tool-call",
        call: { id: "call-1", name: "search_passages", input: '{"query":"pleural effusion"}' },
      },
      { type: "tool-call", call: { id: "call-2", name: "find_similar_cases", input: "{}" } },
      { type: "finish", reason: "tool-calls" },
    ]);
  });

  it("reports token counts, and null where the server gives none", async () => {
    const model = await modelFor([
      { text: "Yes.", usage: { inputTokens: 812, outputTokens: 3 } },
      { text: "Yes." },
    ]);
    const counted = await collect(model.stream({ messages: question }));
    expect(counted.at(-1)).toMatchObject({ inputTokens: 812, outputTokens: 3 });
    const uncounted = await collect(model.stream({ messages: question }));
    expect(uncounted.at(-1)).toMatchObject({ inputTokens: null, outputTokens: null });
  });
});

describe("a request", () => {
  it("carries images as data URIs beside the text", async () => {
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
    const model = await modelFor([{ text: "Seen." }]);
    const parts = [
      { type: "text", text: "Describe." },
      { type: "image", bytes, mediaType: "image/png" },
    ] as const;
    await collect(model.stream({ messages: [{ role: "user", parts }] }));
    expect(endpoint?.requests[0]?.messages).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "Describe." },
          {
            type: "image_url",
            image_url: { url: `data:image/png;base64,${Buffer.from(bytes).toString("base64")}` },
          },
        ],
      },
    ]);
  });

  it("carries the whole conversation, tools, seed, token limit and key", async () => {
    const model = await modelFor([{ text: "Done." }]);
    const schema = { type: "object", properties: { query: { type: "string" } } };
    await collect(
      model.stream({
        messages: [
          { role: "system", text: "Be brief." },
          ...question,
          {
            role: "assistant",
            text: "",
            toolCalls: [{ id: "call-1", name: "search", input: '{"query":"x"}' }],
          },
          { role: "tool", callId: "call-1", toolName: "search", text: "[1] A passage." },
        ],
        tools: [{ name: "search", description: "Searches.", inputSchema: schema }],
        maxOutputTokens: 64,
        seed: 7,
      }),
    );
    expect(endpoint?.requests[0]).toEqual({
      model: "scripted",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "What is seen?" },
        {
          role: "assistant",
          content: null,
          tool_calls: [
            { id: "call-1", type: "function", function: { name: "search", arguments: '{"query":"x"}' } },
          ],
        },
        { role: "tool", tool_call_id: "call-1", content: "[1] A passage." },
      ],
      tools: [
        { type: "function", function: { name: "search", description: "Searches.", parameters: schema } },
      ],
      max_tokens: 64,
      seed: 7,
      stream: true,
      stream_options: { include_usage: true },
      authorization: `Bearer ${key}`,
    });
  });

  it("sends no stop strings, tools or key where there are none", async () => {
    const model = await modelFor([{ text: "Done." }], { apiKey: " " });
    await collect(model.stream({ messages: question, stop: [], tools: [] }));
    const request = endpoint?.requests[0];
    expect(request).not.toHaveProperty("stop");
    expect(request).not.toHaveProperty("tools");
    expect(request?.authorization).toBeNull();
  });
});

describe("an abort", () => {
  it("in the middle of a stream rejects as interrupted and frees the connection", async () => {
    const model = await modelFor([{ text: "Some text, then a long wait.", fault: "stall" }]);
    const controller = new AbortController();
    const stream = model.stream({ messages: question, signal: controller.signal });
    const seen: ChatDelta[] = [];
    const reading = (async function* () {
      for await (const delta of stream) {
        seen.push(delta);
        controller.abort(new Error("Ctrl-C"));
        yield delta;
      }
    })();
    await expect(collect(reading)).rejects.toMatchObject({ code: "interrupted" });
    expect(seen.length).toBeGreaterThan(0);
    await expect.poll(() => endpoint?.abandoned.length).toBe(1);
  });

  it("before the first byte rejects as interrupted", async () => {
    const model = await modelFor([{ text: "Too late.", delayMilliseconds: 5_000 }]);
    const signal = AbortSignal.timeout(40);
    await expect(collect(model.stream({ messages: question, signal }))).rejects.toMatchObject({
      code: "interrupted",
    });
    await expect.poll(() => endpoint?.abandoned.length).toBe(1);
  });

  it("before the request sends nothing", async () => {
    let sent = 0;
    const countingFetch: typeof fetch = async () => {
      sent += 1;
      return new Response();
    };
    const model = createChatModel({ endpoint: "http://127.0.0.1/v1", model: "m", fetch: countingFetch });
    const stream = model.stream({ messages: question, signal: AbortSignal.abort() });
    await expect(collect(stream)).rejects.toMatchObject({ code: "interrupted" });
    expect(sent).toBe(0);
  });

  it("is not needed to free the connection: leaving the iteration does too", async () => {
    const model = await modelFor([{ text: "Some text, then a long wait.", fault: "stall" }]);
    for await (const delta of model.stream({ messages: question })) {
      expect(delta.type).toBe("text");
      break;
    }
    await expect.poll(() => endpoint?.abandoned.length).toBe(1);
  });
});
