import fc from "fast-check";
import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import {
  dialectNames,
  type LogEntry,
  type MockModel,
  type MockModelOptions,
  startMockModel,
} from "../src/mock-model/index.ts";
import { scriptSchema } from "../src/mock-model/script.ts";

let server: MockModel | undefined;
afterEach(() => server?.close());

const start = async (options: MockModelOptions = {}) => {
  server = await startMockModel(options);
  return server.url;
};
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });
const user = (content: unknown) => ({ role: "user", content });
const chat = (fields: object = {}) => ({ model: "mock", messages: [user("Hello")], ...fields });
const textOf = async (response: Response) => {
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  return choices.map(({ message }) => message.content);
};
const rules = (...list: object[]) => scriptSchema.parse({ rules: list });

describe("a request", () => {
  it.each([
    ["openai", chat({ colour: "red" }), "colour"],
    ["openai", chat({ messages: [] }), "messages"],
    ["openai", chat({ messages: [{ role: "wizard", content: "x" }] }), "role"],
    ["openai", chat({ temperature: 3 }), "temperature"],
    ["openai", chat({ top_logprobs: 2 }), "top_logprobs"],
    ["openai", chat({ stop: ["a", "b", "c", "d", "e"] }), "stop"],
    ["openai", chat({ stream_options: { include_usage: true } }), "stream_options"],
    ["openai", chat({ tool_choice: "auto" }), "tool_choice"],
    ["vllm", chat({ tools: [] }), "tools"],
    ["vllm", chat({ continue_final_message: true }), "continue_final_message"],
    [
      "vllm",
      chat({ messages: [user([{ type: "image_url", image_url: { url: "http://x/y.png" } }])] }),
      "data URI",
    ],
  ])("that %s would refuse is refused, and told why: %j", async (dialect, body, why) => {
    const response = await post(`${await start({ dialect })}/v1/chat/completions`, body);
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(why);
  });

  it.each([
    ["without its version", {}, { max_tokens: 5 }, "anthropic-version"],
    ["without a limit of tokens", { "anthropic-version": "2023-06-01" }, {}, "max_tokens"],
    [
      "whose prefix ends with a space",
      { "anthropic-version": "2023-06-01" },
      { max_tokens: 5, messages: [user("Hi"), { role: "assistant", content: "So " }] },
      "whitespace",
    ],
  ])("to Anthropic's door %s is refused", async (_, headers, fields, why) => {
    const response = await post(`${await start()}/v1/messages`, chat(fields), headers);
    expect([response.status, JSON.stringify(await response.json())]).toEqual([
      400,
      expect.stringContaining(why),
    ]);
  });

  it("for another model, another address or with another method gets the vendor's error", async () => {
    const url = await start({ dialect: "vllm" });
    expect((await post(`${url}/v1/chat/completions`, chat({ model: "gpt" }))).status).toBe(404);
    expect((await post(`${url}/v1/embeddings`, {})).status).toBe(404);
    expect((await fetch(`${url}/v1/chat/completions`)).status).toBe(405);
    expect((await post(`${url}/v1/chat/completions`, "{")).status).toBe(400);
  });

  it("with fields that the server does not know passes where the real one lets it pass", async () => {
    const url = await start({ dialect: "vllm" });
    expect((await post(`${url}/v1/chat/completions`, chat({ colour: "red" }))).status).toBe(200);
  });

  it("of any JSON is answered, and never by a defect", async () => {
    const url = await start();
    const paths = [
      "/v1/chat/completions",
      "/v1/completions",
      "/v1/messages",
      "/api/chat",
      "/v1beta/models/mock:generateContent",
    ];
    const hostile = fc.oneof(
      fc.json(),
      fc.string({ unit: "binary" }),
      fc
        .record({
          model: fc.constant("mock"),
          max_tokens: fc.constant(3),
          stream: fc.boolean(),
          messages: fc.array(
            fc.record({ role: fc.constantFrom("user", "assistant", "tool", "x"), content: fc.anything() }),
          ),
          contents: fc.array(fc.record({ parts: fc.array(fc.record({ text: fc.string() })) })),
          prompt: fc.string(),
        })
        .map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), hostile, async (path, body) => {
        const response = await post(url + path, body, { "anthropic-version": "2023-06-01" });
        await response.text();
        expect([200, 400, 404]).toContain(response.status);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a script", () => {
  it("takes the first rule that holds, by text, images, results, turn and function", async () => {
    const script = rules(
      { when: { text: "^bye (\\w+)" }, reply: { text: "Bye, {{1}}." } },
      { when: { images: { least: 2 } }, reply: { text: "{{images}} images" } },
      { when: { results: 1 }, reply: { text: "one result" } },
      { when: { turn: 2 }, reply: { text: "second turn" } },
      { when: { tool: "note" }, reply: { text: "a function" } },
      { reply: { text: "else" } },
    );
    const url = `${await start({ script })}/v1/chat/completions`;
    const ask = async (fields: object) => (await textOf(await post(url, chat(fields))))[0];
    const content = Buffer.from(
      await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
        .png()
        .toBuffer(),
    );
    const image = {
      type: "image_url",
      image_url: { url: `data:image/png;base64,${content.toString("base64")}` },
    };
    expect(await ask({ messages: [user("Bye everybody")] })).toBe("Bye, everybody.");
    expect(await ask({ messages: [user([image, image])] })).toBe("2 images");
    expect(await ask({ messages: [user("Why?"), user("<retrieve>[1] x</retrieve>")] })).toBe("one result");
    expect(await ask({ messages: [user("a"), { role: "assistant", content: "b" }, user("c")] })).toBe(
      "second turn",
    );
    expect(await ask({ tools: [{ type: "function", function: { name: "note" } }] })).toBe("a function");
    expect(await ask({})).toBe("else");
  });

  it("passes over a rule that was used as often as it may be", async () => {
    const script = rules({ times: 2, reply: { fault: "unavailable" } }, { reply: { text: "well again" } });
    const url = `${await start({ script })}/v1/chat/completions`;
    const statuses = [];
    for (let index = 0; index < 3; index++) statuses.push((await post(url, chat())).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it("draws samples by their shares, the same for the same seed", async () => {
    const samples = [
      { share: 0.75, text: "A" },
      { share: 0.25, text: "B" },
    ];
    const url = `${await start({ script: rules({ reply: { samples } }) })}/v1/chat/completions`;
    const draw = async (seed: number) => (await textOf(await post(url, chat({ n: 100, seed })))).join("");
    const first = await draw(1);
    expect(first.replaceAll("B", "").length).toBeGreaterThan(60);
    expect(first.replaceAll("A", "").length).toBeGreaterThan(10);
    expect(await draw(1)).toBe(first);
    expect(await draw(2)).not.toBe(first);
  });

  it("refuses more images than it takes, as vLLM says it", async () => {
    const script = scriptSchema.parse({ mostImages: 0, rules: [{ reply: { text: "x" } }] });
    const url = `${await start({ script, checksImages: false })}/v1/chat/completions`;
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };
    const response = await post(url, chat({ messages: [user([image])] }));
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining("At most 0 image(s)"),
    ]);
  });

  it("shows reasoning in the field or the tag that it names", async () => {
    const show = async (reasoningIn: string) => {
      const script = rules({ reply: { reasoning: "Hm.", reasoningIn, text: "Yes." } });
      const url = `${await start({ script, dialect: "vllm" })}/v1/chat/completions`;
      const { choices } = (await (await post(url, chat())).json()) as { choices: { message: object }[] };
      await server?.close();
      return choices[0]?.message;
    };
    expect(await show("reasoning")).toMatchObject({ reasoning: "Hm.", content: "Yes." });
    expect(await show("reasoning_content")).toMatchObject({ reasoning_content: "Hm.", content: "Yes." });
    expect(await show("think")).toMatchObject({ content: "<think>Hm.</think>Yes." });
  });

  it("that is built in says in every answer that it is no model, and fits a JSON Schema", async () => {
    const url = `${await start()}/v1/chat/completions`;
    expect((await textOf(await post(url, chat())))[0]).toContain("scripted reply of the mock model");
    const schema = {
      type: "object",
      properties: { steps: { type: "array", items: { type: "string" }, minItems: 2 } },
    };
    const response_format = { type: "json_schema", json_schema: { name: "steps", schema } };
    expect(JSON.parse((await textOf(await post(url, chat({ response_format }))))[0] ?? "")).toEqual({
      steps: ["scripted", "scripted"],
    });
  });
});

describe("the server", () => {
  it.each(dialectNames)("tells in every reply, as %s too, that it is no model", async (dialect) => {
    const url = await start({ dialect });
    for (const response of [
      await fetch(url),
      await fetch(`${url}/none`),
      await post(`${url}/v1/chat/completions`, chat()),
    ])
      expect(response.headers.get("x-mock-model")).toBe("scripted stand-in, not a model");
  });

  it("keeps the pace and the latency that it is given", async () => {
    const script = rules({ reply: { text: "word ".repeat(40).trim() } });
    const url = `${await start({ script, latencyMilliseconds: 100, tokensPerSecond: 200 })}/v1/chat/completions`;
    const begin = performance.now();
    await (await post(url, chat({ stream: true }))).text();
    expect(performance.now() - begin).toBeGreaterThan(270);
    expect(performance.now() - begin).toBeLessThan(3_000);
  });

  it("serves 300 streams at once, none lost", async () => {
    const url = `${await start()}/v1/chat/completions`;
    const ends = await Promise.all(
      Array.from({ length: 300 }, async () => (await post(url, chat({ stream: true }))).text()),
    );
    expect(ends.filter((wire) => wire.endsWith("data: [DONE]\n\n"))).toHaveLength(300);
  });

  it("logs sizes and settings, who left early, and no text", async () => {
    const log: LogEntry[] = [];
    const url = `${await start({ onLog: (entry) => log.push(entry) })}/v1/chat/completions`;
    await (await post(url, chat({ messages: [user("A secret of a patient")] }))).text();
    await expect
      .poll(() => log)
      .toMatchObject([
        {
          door: "chat",
          status: 200,
          messages: [{ role: "user", characters: 21 }],
          rule: "answer",
          abandoned: false,
        },
      ]);
    expect(JSON.stringify(log)).not.toContain("secret");
    const leaving = new AbortController();
    const stalled = await fetch(`${url}?fault=stall-midway`, {
      method: "POST",
      body: JSON.stringify(chat({ stream: true })),
      signal: leaving.signal,
    });
    leaving.abort();
    await expect(stalled.text()).rejects.toThrow();
    await expect.poll(() => log.at(-1)).toMatchObject({ fault: "stall-midway", abandoned: true });
  });

  it("ends at once, also while a reply stalls", async () => {
    const url = await start();
    const stalled = post(`${url}/v1/chat/completions?fault=stall`, chat());
    await server?.close();
    await expect(stalled).rejects.toThrow();
  });
});
