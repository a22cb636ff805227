import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addToLibrary, openLibraryAt } from "../src/assembly/index.ts";
import { expectFailure, startTestServer, type TestServer } from "./support/http-server.ts";
import { writeTinyClip } from "./support/onnx/tiny-clip.ts";
import { makeFolder, removeFolder } from "./support/run-cli.ts";

type Scored = {
  id: string | null;
  total: number | null;
  components: Record<string, { value: number | null; weight: number; applicable: boolean; reason?: string }>;
  flags: string[];
  reason?: string;
};
type Reply = { version: string; profile: string; config_hash: string; items: Scored[] };

let folder: string;
let server: TestServer;
let library: Awaited<ReturnType<typeof openLibraryAt>>;

const question = "What does the scan of the chest show?";
const options = ["Pneumonia", "Pulmonary embolism"];
const right = "<think>A filling defect.</think>\n<answer>B</answer>";
const wrong = "<think>An opacity.</think>\n<answer>A</answer>";
const item = { id: "one", question, options, gold: { letter: "B" }, completion: right };

beforeAll(async () => {
  folder = await makeFolder("rewards");
  library = await openLibraryAt(join(folder, "library"), { create: true });
  const terms = join(folder, "terms.obo");
  const term = (id: string, name: string, synonym: string) =>
    `\n[Term]\nid: ${id}\nname: ${name}\nsynonym: "${synonym}" EXACT []\n`;
  await writeFile(
    terms,
    `format-version: 1.2\n${term("T:1", "pulmonary embolism", "lung clot")}${term("T:2", "pneumonia", "lung infection")}`,
  );
  expect((await addToLibrary({ library, paths: [terms], corpus: "terms" })).refused).toEqual([]);
  const gold = join(folder, "gold.jsonl");
  const row = { question, options: { A: options[0], B: options[1] }, answer: options[1], answer_idx: "B" };
  await writeFile(gold, JSON.stringify(row));
  await writeTinyClip(join(folder, "clip"), "towers");
  await mkdir(join(folder, "images"));
  await sharp({ create: { width: 20, height: 12, channels: 3, background: "#c00000" } }).toFile(
    join(folder, "images/red.png"),
  );
  server = await startTestServer({
    library,
    similarity: { source: `onnx:${join(folder, "clip")}`, folders: [join(folder, "images")] },
    rewards: { profile: "med-rwr-stage1", terms: "terms", gold },
    onNotice: () => undefined,
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  library[Symbol.dispose]();
  await removeFolder(folder);
});

async function ask<Shape = Reply>(path: string, body: unknown): Promise<Shape> {
  const response = await server.post(path, body);
  const reply = await response.json();
  expect([response.status, reply]).toEqual([200, expect.anything()]);
  return reply as Shape;
}
const score = (items: readonly unknown[], more: object = {}) => ask("/v1/score", { items, ...more });

describe("POST /v1/score", () => {
  it("gives a total with its parts, the version and the configuration's hash", async () => {
    const reply = await score([item]);
    expect(reply).toEqual({
      version: expect.stringMatching(/^\d+\.\d+/),
      profile: "med-rwr-stage1",
      config_hash: expect.stringMatching(/^[\da-f]{64}$/),
      items: [
        {
          id: "one",
          total: 6,
          components: {
            "format-with-retrieval": { value: 1, weight: 1, applicable: true },
            accuracy: { value: 1, weight: 5, applicable: true },
          },
          flags: [],
        },
      ],
    });
  });

  it("scores by the profile and the weights of the request; the hash tells them apart", async () => {
    const own = await score([item]);
    const other = await score([item], { profile: "med-r1" });
    const weighed = await score([item], { weights: { accuracy: 2 } });
    expect([other.items[0]?.total, weighed.items[0]?.total]).toEqual([2, 3]);
    expect(new Set([own, other, weighed].map((reply) => reply.config_hash)).size).toBe(3);
  });

  it("gives the same bytes for the same request, and one server the same as another", async () => {
    const items = Array.from({ length: 64 }, (_, index) => ({
      ...item,
      id: index,
      completion: index % 2 ? right : wrong,
    }));
    const body = { items, profile: "hybrid" };
    const text = async (at: TestServer) => (await at.post("/v1/score", body)).text();
    const first = await text(server);
    expect(await text(server)).toBe(first);
    await using restarted = await startTestServer({ library, rewards: { terms: "terms" } });
    expect(await text(restarted)).toBe(first);
  });

  it("answers each item in its place, and what is no item with an entry of its own", async () => {
    const items = [
      item,
      null,
      "text",
      [],
      {},
      { id: "a" },
      { id: "b", completion: 1 },
      { ...item, id: "last" },
    ];
    const { items: scored } = await score(items);
    expect(scored.map(({ id }) => id)).toEqual(["one", null, null, null, null, "a", "b", "last"]);
    for (const one of scored.slice(1, -1)) {
      expect(one).toMatchObject({ total: null, components: {}, flags: ["item-invalid"] });
      expect(one.reason).toMatch(/\.$/);
    }
    expect(scored.at(-1)?.total).toBe(6);
  });

  it("gives null where a reward does not apply, never 0", async () => {
    const {
      items: [none],
    } = await score([{ id: "x", completion: right }], { profile: "patho-agentic" });
    expect(none).toMatchObject({ total: null, reason: expect.stringMatching(/applies/) });
    expect(none?.components["router-decision"]).toMatchObject({ value: null, applicable: false });
  });

  it("scores thousands in one request", async () => {
    const { items } = await score(Array.from({ length: 3000 }, (_, id) => ({ ...item, id })));
    expect(items.map(({ id }) => id)).toEqual(Array.from({ length: 3000 }, (_, id) => String(id)));
    expect(new Set(items.map(({ total }) => total))).toEqual(new Set([6]));
  });

  it.each([
    ["1 MB of open tags", "<think><query><retrieve>".repeat(44_000)],
    ["1 MB of answers", "<answer>B</answer>".repeat(58_000)],
    ["1 MB of blocks", "<query>x</query><retrieve>y</retrieve>".repeat(27_000)],
    ["half characters", "\uD800\uDFFF\uDC00\u0000"],
    ["another language", "<think>肺动脉充盈缺损。</think><answer>Ответ: B, الصمة</answer>"],
    ["tags split by a tokenizer", "< think >x</ think>< answer>B</answer>"],
    ["nothing", ""],
  ])(
    "scores %s beside others",
    async (_, completion) => {
      for (const more of [{}, { grammar: "med-rwr" }, { profile: "hybrid" }]) {
        const { items } = await score([{ ...item, completion }, item], more);
        expect(Number.isFinite(items[0]?.total)).toBe(true);
        expect(items[1]?.total).toBeGreaterThan(items[0]?.total ?? Infinity);
      }
    },
    30_000,
  );

  it("takes log-probabilities that are no numbers for no measurement, and says so", async () => {
    const searched = { ...item, completion: `<query>embolism</query>\n<retrieve>None</retrieve>\n${right}` };
    const gain = async (begin: unknown) => {
      const logprobs = { begin, end: { A: -3, B: -0.1 } };
      const { items } = await score([{ ...searched, logprobs }], {
        profile: "med-rwr-stage2",
        grammar: "med-rwr",
      });
      return { value: items[0]?.components["confidence-gain"]?.value, flags: items[0]?.flags };
    };
    expect((await gain({ A: -0.1, B: -3 })).value).toBe(1);
    for (const odd of ["NaN", null, "Infinity", "-Infinity", "x"]) {
      const { value, flags } = await gain({ A: -0.1, B: odd });
      expect([odd, value]).toEqual([odd, null]);
      expect(flags).toContain("invalid-measurement");
    }
  });

  it("compares queries with what is right by the terms of an ontology in the library", async () => {
    const completion = "<query>lung clot</query>\n<retrieve>None</retrieve>\n<answer>B</answer>";
    const { items } = await score([{ ...item, completion }], {
      profile: "med-rwr-stage2",
      grammar: "med-rwr",
    });
    expect(items[0]?.components["query-semantics"]?.value).toBe(1);
  });

  it("measures images that lie in its folders, and makes nothing up for others", async () => {
    const completion = "<query>red</query>\n<retrieve>None</retrieve>\n<answer>B</answer>";
    const images = ["red.png", "../terms.obo", "/etc/hostname", "https://example.org/x.png", "none.png"];
    const items = [
      ...images.map((image) => ({ ...item, completion, images: [image] })),
      { ...item, completion, images: ["none.png"], image_similarity: [0.25] },
    ];
    const { items: scored } = await score(items, { profile: "med-rwr-stage2", grammar: "med-rwr" });
    const values = scored.map(({ components }) => components["query-image-similarity"]?.value);
    expect(values[0]).toBeCloseTo(1, 1);
    expect(values.slice(1)).toEqual([null, null, null, null, 0.25]);
    for (const one of scored.slice(1, -1)) {
      expect(one.flags).toContain("image-unreadable");
      expect(one.reason).toMatch(/^Image 1: /);
      expect(one.reason).not.toContain(folder);
    }
  });

  it("takes completions with columns, as TRL and ms-swift have them", async () => {
    const columns = {
      solution: ["B", "B"],
      options: [options, options],
      qid: ["q1", "q2"],
      messages: [[], []],
    };
    const asMessages = [{ role: "assistant", content: wrong }];
    const { items } = await ask("/v1/score", { completions: [right, asMessages], columns });
    expect(items.map(({ id, total }) => [id, total])).toEqual([
      ["q1", 6],
      ["q2", 1],
    ]);
    await expectFailure(
      await server.post("/v1/score", { completions: [right], columns }),
      400,
      "request-invalid",
    );
  });

  it("refuses a profile, a weight or a grammar that there is none of, and tells which there are", async () => {
    const refuse = async (more: object) => server.post("/v1/score", { items: [item], ...more });
    const { message } = await expectFailure(await refuse({ profile: "best" }), 400, "reward-profile-unknown");
    expect(message).toContain("med-rwr-paper");
    await expectFailure(await refuse({ weights: { luck: 1 } }), 400, "reward-profile-unknown");
    await expectFailure(await refuse({ grammar: "mine" }), 400, "request-invalid");
    await expectFailure(await server.post("/v1/score", {}), 400, "request-invalid");
    await expectFailure(await server.post("/v1/score", '{"items":[{"id":NaN}]}'), 400, "request-invalid");
    const many = Array.from({ length: 10_001 }, () => 0);
    await expectFailure(await server.post("/v1/score", { items: many }), 413, "request-too-large");
  });

  it("counts what it scored, and what had no score", async () => {
    const value = async (name: string) => {
      const text = await (await server.get("/metrics")).text();
      return Number(new RegExp(`^${name}\\{route="/v1/score"\\} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
    };
    const before = [await value("medrounds_scores_total"), await value("medrounds_missing_scores_total")];
    await score([item, null]);
    expect(await value("medrounds_scores_total")).toBe(before[0]! + 2);
    expect(await value("medrounds_missing_scores_total")).toBe(before[1]! + 1);
  });
});

describe("the dialect of OpenRLHF and R1-Searcher, /get_reward", () => {
  type Rewards = { rewards: number[]; scores: number[]; extra_logs: Record<string, number[]> };
  const chat = (completion: string) =>
    `<|im_start|>user\n${question}\n<answer>A or B</answer><|im_end|>\n<|im_start|>assistant\n${completion}<|im_end|>`;

  it("finds what is right by the question in the text", async () => {
    const query = [chat(right), chat(wrong), "An unknown question?\nAssistant: B"];
    const reply = await ask<Rewards>("/get_reward", { query });
    expect(reply.rewards).toEqual([6, 1, 0]);
    expect(reply.scores).toEqual([1, 0, 0]);
    expect(reply.extra_logs).toEqual({
      "format-with-retrieval": [1, 1, 0],
      accuracy: [1, 0, 0],
      not_applicable: [0, 0, 0],
    });
  });

  it("takes prompts and labels where a trainer sends them", async () => {
    const prompts = ["Q?", "Q?", "Q?"];
    const labels = ["B", JSON.stringify({ gold: "Pulmonary embolism", options }), "A"];
    const reply = await ask<Rewards>("/get_reward", {
      query: prompts.map((prompt) => prompt + right),
      prompts,
      labels,
    });
    expect(reply.rewards).toEqual([6, 6, 1]);
    await expectFailure(
      await server.post("/get_reward", { query: ["x"], labels: [] }),
      400,
      "request-invalid",
    );
  });
});

describe("the dialect of Med-R3, /verify", () => {
  const body = { data_source: "x", prompt_str: question, response_str: right, extra_info: { options } };

  it("tells reward, accuracy and reason, and runs nothing that a request names", async () => {
    const actor = 'process.exit(1) or __import__("os")';
    const reply = await ask<object>("/verify", { ...body, reward_actor: actor, ground_truth: "B" });
    expect(reply).toEqual({
      reward: 6,
      acc: 1,
      reason: "med-rwr-stage1: format-with-retrieval 1 × 1, accuracy 1 × 5",
    });
  });

  it("tells an exception where the request can't be scored", async () => {
    const reply = await ask<object>("/verify", { ...body, ground_truth: 7 });
    expect(reply).toMatchObject({ reward: 0, acc: 0, exception: expect.stringMatching(/gold/) });
  });
});
