import { afterEach, describe, expect, it } from "vitest";
import { type MockModel, startMockModel } from "../src/mock-model/index.ts";
import { readFixture, shapeOf, streamShapes } from "./support/wire-shapes.ts";

/** How each vendor is asked: the address, and the body of a question. */
type Vendor = {
  dialect: string;
  path(stream: boolean): string;
  body(asked: { stream: boolean; logprobs?: boolean; usage?: boolean }): object;
  headers?: Record<string, string>;
  models?: string;
};

const question = { role: "user", content: "Which?\nA. Pneumothorax\nB. Effusion" };
const chat = (dialect: string): Vendor => ({
  dialect,
  path: () => "/v1/chat/completions",
  body: ({ stream, logprobs, usage }) => ({
    model: "mock",
    messages: [question],
    stream,
    ...(usage ? { stream_options: { include_usage: true } } : {}),
    ...(logprobs ? { logprobs: true, top_logprobs: 2 } : {}),
  }),
  models: "/v1/models",
});
const vendors: Record<string, Vendor> = {
  openai: chat("openai"),
  vllm: chat("vllm"),
  ollama: chat("ollama"),
  "llama.cpp": chat("llama.cpp"),
  "ollama-native": {
    dialect: "ollama",
    path: () => "/api/chat",
    body: ({ stream, logprobs }) => ({
      model: "mock",
      messages: [question],
      stream,
      ...(logprobs ? { logprobs, top_logprobs: 2 } : {}),
    }),
    models: "/api/tags",
  },
  google: {
    dialect: "openai",
    path: (stream) => `/v1beta/models/mock:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    body: ({ logprobs }) => ({
      contents: [{ role: "user", parts: [{ text: question.content }] }],
      ...(logprobs ? { generationConfig: { responseLogprobs: true, logprobs: 2 } } : {}),
    }),
    models: "/v1beta/models",
  },
  anthropic: {
    dialect: "openai",
    path: () => "/v1/messages",
    body: ({ stream }) => ({ model: "mock", max_tokens: 64, messages: [question], stream }),
    headers: { "anthropic-version": "2023-06-01" },
  },
};
const names = Object.keys(vendors);

let server: MockModel | undefined;
afterEach(() => server?.close());

async function ask(
  name: string,
  asked: Parameters<Vendor["body"]>[0],
  reply: Parameters<typeof withReply>[0],
) {
  const vendor = vendors[name]!;
  server = await startMockModel({ dialect: vendor.dialect, script: withReply(reply) });
  const response = await fetch(server.url + vendor.path(asked.stream), {
    method: "POST",
    headers: { "content-type": "application/json", ...vendor.headers },
    body: JSON.stringify(vendor.body(asked)),
  });
  return response.text();
}

function withReply(reply: {
  text?: string;
  toolCalls?: { name: string; input: { query: string } }[];
  confidence?: number;
}) {
  return () => reply;
}

describe.each(names)("the mock as %s", (name) => {
  it("streams a text in the published shape", async () => {
    const wire = await ask(name, { stream: true, usage: true }, { text: "No effusion." });
    expect(streamShapes(wire)).toEqual(streamShapes(await readFixture(name, "stream.txt")));
    expect(wire).toContain("effus");
  });

  it("streams a function call in the published shape", async () => {
    const toolCalls = [{ name: "search_passages", input: { query: "effusion" } }];
    const wire = await ask(name, { stream: true }, { toolCalls });
    expect(streamShapes(wire)).toEqual(streamShapes(await readFixture(name, "tools.txt")));
    expect(wire).toContain("search_passages");
  });

  it("refuses a body that does not fit in the published shape", async () => {
    const vendor = vendors[name]!;
    server = await startMockModel({ dialect: vendor.dialect });
    const body = { ...vendor.body({ stream: false }), messages: "hello", contents: "hello" };
    const response = await fetch(server.url + vendor.path(false), {
      method: "POST",
      headers: vendor.headers ?? {},
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    const expected = JSON.parse(await readFixture(name, "error.json"));
    expect(shapeOf(await response.json())).toBe(shapeOf(expected));
  });
});

describe.each(names.filter((name) => name !== "anthropic"))("the mock as %s", (name) => {
  it("tells log-probabilities in the published shape", async () => {
    const reply = JSON.parse(
      await ask(name, { stream: false, logprobs: true }, { text: "B", confidence: 0.7 }),
    );
    expect(shapeOf(reply)).toBe(shapeOf(JSON.parse(await readFixture(name, "logprobs.json"))));
    expect(JSON.stringify(reply)).toContain(String(Math.log(0.7)));
    expect(JSON.stringify(reply)).toContain(String(Math.log(1 - 0.7)));
  });

  it("lists its models in the published shape", async () => {
    const vendor = vendors[name]!;
    server = await startMockModel({ dialect: vendor.dialect });
    const response = await fetch(`${server.url}${vendor.models}`);
    expect(response.headers.get("x-mock-model")).toBe("scripted stand-in, not a model");
    expect(shapeOf(await response.json())).toBe(shapeOf(JSON.parse(await readFixture(name, "models.json"))));
  });
});

it("answers Anthropic's whole message in the published shape", async () => {
  const reply = JSON.parse(await ask("anthropic", { stream: false }, { text: "B" }));
  expect(shapeOf(reply)).toBe(shapeOf(JSON.parse(await readFixture("anthropic", "whole.json"))));
});
