import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type ChatModelOptions, createChatModel } from "../chat-model.ts";
import {
  type ArrivedChat,
  collect,
  failureOf,
  sendEvents,
  sendJson,
  type sendText,
  startChatServer,
  textOf,
  userSays,
} from "../test-chat-server.ts";
import { openCapabilityFile } from "./capability-file.ts";
import { nothingKnown } from "./probe-capabilities.ts";

type Response = Parameters<typeof sendText>[0];
type Abilities = {
  continues?: "continue_final_message" | "prefix" | "completions";
  images?: number;
  ignoresImages?: boolean;
  logprobs?: boolean;
  tools?: boolean;
  stop?: boolean;
  schema?: boolean;
};

const all = "alpha bravo charlie delta echo";

/** A server with just these abilities; what it does not know it ignores, as most servers do. */
function answer(response: Response, { path, body }: ArrivedChat, can: Abilities): void {
  if (path.endsWith("/completions") && !path.includes("chat")) sendRaw(response, can);
  else if (imagesIn(body) > (can.images ?? 0) && !can.ignoresImages) {
    const message = `At most ${can.images ?? 0} image(s) may be provided in one request.`;
    sendJson(response, { error: { message } }, { status: 400 });
  } else if (body.continue_final_message && can.continues === "prefix") {
    sendJson(response, { error: { message: "Unrecognized request argument" } }, { status: 400 });
  } else sendChat(response, body, can);
}

function sendRaw(response: Response, can: Abilities): void {
  if (can.continues !== "completions") sendJson(response, {}, { status: 404 });
  else {
    sendEvents(response, [
      { choices: [{ text: "lie delta" }] },
      { choices: [{ text: " echo", finish_reason: "stop" }] },
      { choices: [], usage: { prompt_tokens: 20, completion_tokens: 4 } },
    ]);
  }
}

function imagesIn(body: ArrivedChat["body"]): number {
  return JSON.stringify(body.messages).split('"type":"image_url"').length - 1;
}

function sendChat(response: Response, body: ArrivedChat["body"], can: Abilities): void {
  const images = can.ignoresImages ? 0 : imagesIn(body);
  const usage = { choices: [], usage: { prompt_tokens: 30 + images * 64, completion_tokens: 1 } };
  const finish = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
  const send = (delta: object, more: object = {}) =>
    sendEvents(response, [{ choices: [{ index: 0, delta, ...more }] }, finish, usage]);

  const last = (body.messages as { role: string }[]).at(-1);
  const way = body.continue_final_message ? "continue_final_message" : "prefix";
  if (last?.role === "assistant") {
    send({ content: can.continues === way ? "lie delta echo" : all });
  } else if (body.tools && can.tools) {
    const call = { name: "note", arguments: '{"word":"alpha"}' };
    send({ tool_calls: [{ index: 0, id: "c", type: "function", function: call }] });
  } else if (body.response_format) {
    send({ content: can.schema ? '{"color": "zq7"}' : '{"color": "blue"}' });
  } else {
    const logprobs = body.logprobs && can.logprobs ? { content: [{ token: "alpha", logprob: -0.1 }] } : null;
    send({ content: body.stop && can.stop ? "alpha bravo " : all }, { logprobs });
  }
}

async function probe(can: Abilities, options: Partial<ChatModelOptions> = {}) {
  await using server = await startChatServer((response, request) => answer(response, request, can));
  const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch, ...options });
  return { found: await model.capabilities(), requests: server.requests };
}

describe("capabilities", () => {
  it("of a server that does everything are all found", async () => {
    const can = { images: 8, logprobs: true, tools: true, stop: true, schema: true } as const;
    const { found } = await probe({ ...can, continues: "continue_final_message" });
    expect(found).toEqual({
      images: { most: null },
      logprobs: true,
      continuation: "continue_final_message",
      tools: true,
      stop: true,
      responseSchema: true,
    });
  });

  it("of a server that ignores what it does not know are found to be none", async () => {
    expect((await probe({ ignoresImages: true })).found).toEqual({
      images: { most: 0 },
      logprobs: false,
      continuation: null,
      tools: false,
      stop: false,
      responseSchema: false,
    });
  });

  it.each([0, 1])("tell that a server takes %i images", async (images) => {
    expect((await probe({ images })).found.images).toEqual({ most: images });
  });

  it("tell how a turn is continued: by the last message alone, or by a raw completion where the template is known", async () => {
    expect((await probe({ continues: "prefix" })).found.continuation).toBe("prefix");
    expect((await probe({ continues: "completions" })).found.continuation).toBeNull();
    const { found, requests } = await probe({ continues: "completions" }, { template: "chatml" });
    expect(found.continuation).toBe("completions");
    const raw = requests.find(({ path }) => path === "/v1/completions");
    expect(raw?.body.prompt).toMatch(
      /^<\|im_start\|>user\nWrite .+<\|im_start\|>assistant\nalpha bravo char$/s,
    );
  });

  it("are asked for with small made-up requests: few tokens, and images of 64 pixels a side", async () => {
    const { requests } = await probe({ images: 8, logprobs: true });
    expect(requests.length).toBeLessThanOrEqual(10);
    for (const { body } of requests) expect(Number(body.max_tokens)).toBeLessThanOrEqual(128);
    const [, base64 = ""] = /data:image\/png;base64,([^"]+)"/.exec(JSON.stringify(requests)) ?? [];
    expect(await sharp(Buffer.from(base64, "base64")).metadata()).toMatchObject({ width: 64, height: 64 });
  });

  it("are found once for all who wait, and not again", async () => {
    await using server = await startChatServer((response, request) =>
      answer(response, request, { stop: true }),
    );
    const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch });
    const found = await Promise.all(Array.from({ length: 20 }, () => model.capabilities()));
    expect(new Set(found).size).toBe(1);
    const { length } = server.requests;
    await model.capabilities();
    expect(server.requests).toHaveLength(length);
  });

  it.each([
    ["is not there", undefined],
    ["is busy", 503],
    ["refuses the key", 401],
  ])("of a server that %s are not known, and are asked for again", async (_, status) => {
    let isWell = false;
    const server = await startChatServer((response, request) =>
      isWell ? answer(response, request, { stop: true }) : sendJson(response, {}, { status: status ?? 200 }),
    );
    const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch, attempts: 1 });
    if (status === undefined) await server[Symbol.asyncDispose]();
    expect(await model.capabilities()).toEqual(nothingKnown);
    if (status === undefined) return;
    isWell = true;
    expect((await model.capabilities()).stop).toBe(true);
    await server[Symbol.asyncDispose]();
  });

  it("are not known where the server is too busy for one probe", async () => {
    await using server = await startChatServer((response, request) =>
      request.body.tools
        ? sendJson(response, {}, { status: 429 })
        : answer(response, request, { stop: true }),
    );
    const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch });
    expect(await model.capabilities()).toMatchObject({ tools: null, stop: true });
  });

  it("end with who asked: an abort rejects as interrupted and closes the connections", async () => {
    let closed = 0;
    await using server = await startChatServer((response) => {
      response.once("close", () => closed++);
    });
    const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch });
    const controllers = [new AbortController(), new AbortController()];
    const [first, second] = controllers.map(({ signal }) => failureOf(model.capabilities(signal)));
    await expect.poll(() => server.requests.length).toBe(1);
    controllers[0]?.abort();
    expect(await first).toMatchObject({ code: "interrupted" });
    expect(closed).toBe(0);
    controllers[1]?.abort();
    expect(await second).toMatchObject({ code: "interrupted" });
    await expect.poll(() => closed).toBe(1);
  });
});

it("more images than a server was found to take are refused and never sent", async () => {
  await using server = await startChatServer((response, request) => answer(response, request, { images: 1 }));
  const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch });
  await model.capabilities();
  const { length } = server.requests;
  const image = { type: "image", bytes: new Uint8Array([1]), mediaType: "image/png" } as const;
  const reply = collect(model.stream({ messages: [{ role: "user", parts: [image, image] }] }));
  expect(await failureOf(reply)).toMatchObject({ code: "images-too-many", facts: { images: 2, most: 1 } });
  expect(server.requests).toHaveLength(length);
});

describe("a continued turn", () => {
  const messages = [...userSays("Which?"), { role: "assistant", text: "<think>A", toolCalls: [] } as const];

  it("is asked for in the way that the server was found to know, and gives the new text alone", async () => {
    await using server = await startChatServer((response, request) =>
      answer(response, request, { continues: "continue_final_message" }),
    );
    const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch });
    expect(textOf(await collect(model.stream({ messages, continueLast: true })))).toBe("lie delta echo");
    expect(server.requests.at(-1)?.body).toMatchObject({
      continue_final_message: true,
      add_generation_prompt: false,
      messages: [{ role: "user" }, { role: "assistant", content: "<think>A" }],
    });
  });

  it("goes on by a raw completion with its log-probabilities, and not with images", async () => {
    await using server = await startChatServer((response, request) =>
      answer(response, request, { continues: "completions", images: 8 }),
    );
    const options = { endpoint: `${server.origin}/v1`, model: "m", fetch, template: "llama-3" } as const;
    const model = createChatModel({ ...options, prices: { inputPerMillion: 1, outputPerMillion: 2 } });
    const deltas = await collect(model.stream({ messages, continueLast: true, logprobs: 1, stop: ["x"] }));
    expect(textOf(deltas)).toBe("lie delta echo");
    expect(deltas.at(-1)).toEqual({
      type: "finish",
      reason: "stop",
      inputTokens: 20,
      outputTokens: 4,
      costMicrodollars: 28,
    });
    expect(server.requests.at(-1)?.body).toMatchObject({
      prompt:
        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nWhich?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n<think>A",
      stop: ["x"],
      logprobs: 1,
    });
    const parts = [{ type: "image", bytes: new Uint8Array([1]), mediaType: "image/png" }] as const;
    const withImage = [{ role: "user", parts } as const, ...messages.slice(1)];
    expect(await failureOf(collect(model.stream({ messages: withImage, continueLast: true })))).toMatchObject(
      {
        code: "continuation-unsupported",
      },
    );
  });

  it("is refused where the server does not continue a turn", async () => {
    await using server = await startChatServer((response, request) => answer(response, request, {}));
    const model = createChatModel({ endpoint: `${server.origin}/v1`, model: "m", fetch });
    expect(await failureOf(collect(model.stream({ messages, continueLast: true })))).toMatchObject({
      code: "continuation-unsupported",
    });
  });
});

describe("the file of capabilities", () => {
  it("saves the probes to the next process, by endpoint, model and template, for a week", async () => {
    const folder = await mkdtemp(join(tmpdir(), "medrounds-capabilities-"));
    const file = join(folder, "deep", "models.json");
    const day = 24 * 3_600_000;
    let time = Date.parse("2026-11-20T00:00:00Z");
    const open = (model: string, template: string | null = null) =>
      openCapabilityFile({ file, endpoint: "http://127.0.0.1:1/v1", model, template, now: () => time });
    try {
      expect(await open("a").read()).toBeUndefined();
      await using server = await startChatServer((response, request) =>
        answer(response, request, { stop: true }),
      );
      const options = { endpoint: `${server.origin}/v1`, model: "a", fetch, apiKey: "sk-secret" };
      const found = await createChatModel({ ...options, capabilityCache: open("a") }).capabilities();
      await open("b").write(nothingKnown);
      const { length } = server.requests;
      expect(await createChatModel({ ...options, capabilityCache: open("a") }).capabilities()).toEqual(found);
      expect(server.requests).toHaveLength(length);
      expect(await open("a", "gemma").read()).toBeUndefined();
      expect(await readFile(file, "utf8")).not.toContain("sk-secret");
      time += 8 * day;
      expect(await open("a").read()).toBeUndefined();
      await writeFile(file, "{ no json");
      await open("c").write(found);
      expect(await open("c").read()).toEqual(found);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
