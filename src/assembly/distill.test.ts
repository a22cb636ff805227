import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ChatRequest,
  type ScriptedEndpoint,
  type ScriptedReply,
  startScriptedEndpoint,
} from "../../test/support/scripted-endpoint.ts";
import { distillKnowledge } from "./distill.ts";

let folder: string;
let endpoint: ScriptedEndpoint | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-distill-"));
});
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
  await rm(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);

async function writeRows(name: string, rows: readonly unknown[]): Promise<string> {
  await writeFile(at(name), rows.map((row) => JSON.stringify(row)).join("\n"));
  return at(name);
}

async function readRows<Row>(name: string): Promise<Row[]> {
  const text = await readFile(at(name), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}

type Sent = { question?: string; options?: string[]; explanation: string };

function sentIn(request: ChatRequest): Sent {
  const content = request.messages[1]?.content;
  const [part] = Array.isArray(content) ? content : [];
  return JSON.parse(typeof content === "string" ? content : part?.type === "text" ? part.text : "{}") as Sent;
}

/** A good reply: one sentence of the words of the explanation. */
function reply(request: ChatRequest): ScriptedReply {
  return replyWith(request, {});
}

/** A good reply with other sentences beside its own. */
function replyWith(request: ChatRequest, extra: Record<string, string[]>): ScriptedReply {
  const { explanation } = sentIn(request);
  const json = JSON.stringify({ disease_manifestations: [explanation], ...extra });
  return { text: `\`\`\`json\n${json}\n\`\`\``, usage: { inputTokens: 100, outputTokens: 20 } };
}

type Script = Parameters<typeof startScriptedEndpoint>[0];

async function distill(script: Script, options: Partial<Parameters<typeof distillKnowledge>[0]> = {}) {
  await endpoint?.close();
  endpoint = await startScriptedEndpoint(script);
  const request = {
    files: [at("rows.jsonl")],
    output: at("kb.jsonl"),
    testSets: [],
    pauseMilliseconds: 1,
    ...options,
  };
  return distillKnowledge({ endpoint: endpoint.url, model: "scripted", ...request });
}

const facts = Array.from({ length: 12 }, (_, number) => ({
  id: `row-${number}`,
  question: `Which of the facts numbered ${number} is true in gout?`,
  opa: "This one",
  opb: "That one",
  cop: 1,
  exp: `Fact ${number} of gout is that uric acid crystal kind ${number} settles in the joint.`,
  subject_name: number % 2 === 0 ? "Medicine" : "Surgery",
}));

describe("a distillation", () => {
  it("asks for each explanation once, without its right answer, and writes what comes back", async () => {
    await writeRows("rows.jsonl", [...facts.slice(0, 3), { id: "none", question: "Which?", exp: null }]);
    const done = await distill(
      (request) => replyWith(request, { treatment_protocols: ["Option A is right."] }),
      {
        single: true,
        concurrency: 1,
      },
    );
    expect(done).toMatchObject({
      rows: 4,
      withoutExplanation: 1,
      asked: 3,
      fromLog: 0,
      failed: [],
      sentences: { received: 6, filtered: { answer: 3 }, duplicates: 0, leaked: 0, kept: 3 },
      written: 3,
      usage: { run: { requests: 3, inputTokens: 300, outputTokens: 60 } },
      leaks: null,
    });
    expect(endpoint?.requests.map(sentIn)[0]).toEqual({
      question: facts[0]?.question,
      options: ["This one", "That one"],
      explanation: facts[0]?.exp,
    });
    expect(endpoint?.requests[0]?.messages[0]?.content).toContain("stands alone");
    expect(await readRows("kb.jsonl")).toEqual(
      facts.slice(0, 3).map(({ id, exp, subject_name }) => ({
        id: expect.stringMatching(/^disease_manifestations-/),
        title: `Disease manifestations: ${subject_name}`,
        text: exp,
        kind: "disease_manifestations",
        subject: subject_name,
        sources: [id],
      })),
    );
  });

  it("gives the same file however many requests run at a time, and in any order of replies", async () => {
    await writeRows("rows.jsonl", facts);
    await distill(reply, { concurrency: 1 });
    const first = await readFile(at("kb.jsonl"), "utf8");
    const shuffled = (request: ChatRequest, index: number) => ({
      ...reply(request),
      delayMilliseconds: (index * 7) % 40,
    });
    await distill(shuffled, { concurrency: 8, output: at("other.jsonl") });
    expect(await readFile(at("other.jsonl"), "utf8")).toBe(first);
  });

  it("writes sentences of the same words once", async () => {
    const same = { medical_terminology: ["Tophi are deposits of urate.", "TOPHI are deposits, of urate!"] };
    await writeRows("rows.jsonl", facts.slice(0, 2));
    const done = await distill((request) => replyWith(request, same));
    expect(done.sentences).toMatchObject({ duplicates: 3, kept: 3 });
  });

  it("sends a bad reply back once with what is wrong, then leaves the row to the next run", async () => {
    await writeRows("rows.jsonl", facts.slice(0, 2));
    const isSecondRow = (request: ChatRequest) => sentIn(request).explanation === facts[1]?.exp;
    const done = await distill((request) => {
      if (isSecondRow(request)) return { text: '{"answer": "A"}' };
      return request.messages.length === 2 ? { text: "Sorry." } : reply(request);
    });
    expect(done).toMatchObject({
      asked: 1,
      failed: [{ code: "reply-invalid", file: "rows.jsonl", line: 2 }],
      usage: { run: { requests: 4 } },
    });
    const repairs = endpoint?.requests.filter(({ messages }) => messages.length === 4) ?? [];
    expect(repairs.map(({ messages }) => messages[2]?.content)).toContain("Sorry.");
    expect(JSON.stringify(repairs.map(({ messages }) => messages[3]))).toContain("none of the four keys");

    const again = await distill(reply);
    expect(again).toMatchObject({ asked: 1, fromLog: 1, failed: [], written: 2 });
    expect(endpoint?.requests.map(sentIn)).toMatchObject([{ explanation: facts[1]?.exp }]);
  });

  it("asks anew where the model is another", async () => {
    await writeRows("rows.jsonl", facts.slice(0, 2));
    await distill(reply);
    expect(await distill(reply)).toMatchObject({ asked: 0, fromLog: 2 });
    expect(await distill(reply, { model: "other" })).toMatchObject({ asked: 2, fromLog: 0 });
  });

  it("ends at once where the server refuses everything, and keeps what was done", async () => {
    await writeRows("rows.jsonl", facts);
    const run = distill((request, index) => (index < 4 ? reply(request) : { status: 401 }), {
      concurrency: 1,
    });
    await expect(run).rejects.toMatchObject({ code: "endpoint-refused" });
    expect(endpoint?.requests).toHaveLength(5);
    expect(existsSync(at("kb.jsonl"))).toBe(false);
    expect(await distill(reply)).toMatchObject({ asked: 8, fromLog: 4 });
  });

  it("asks again where the server is busy, stumbles or breaks off, and then counts the row as failed", async () => {
    await writeRows("rows.jsonl", facts.slice(0, 2));
    const faults: ScriptedReply[] = [
      { status: 429 },
      { status: 503 },
      { text: "Some words.", fault: "reset-midway" },
      { text: "Some words.", fault: "half-json" },
    ];
    const healed = await distill((request, index) => faults[index] ?? reply(request), { concurrency: 1 });
    expect(healed).toMatchObject({ asked: 2, failed: [], usage: { run: { requests: 6 } } });

    await writeRows("rows.jsonl", facts.slice(2, 4));
    const isThird = (request: ChatRequest) => sentIn(request).explanation === facts[2]?.exp;
    const left = await distill((request) => (isThird(request) ? { status: 500 } : reply(request)));
    expect(left).toMatchObject({ asked: 1, failed: [{ code: "endpoint-broken", line: 1 }] });
    expect(endpoint?.requests.filter(isThird)).toHaveLength(6);
  });

  it("tells of a wrong address at once", async () => {
    await writeRows("rows.jsonl", facts);
    const page = distill(() => ({ fault: "html" }), { concurrency: 1 });
    await expect(page).rejects.toMatchObject({ code: "endpoint-broken" });
    expect(endpoint?.requests).toHaveLength(1);
    const nobody = distillKnowledge({
      files: [at("rows.jsonl")],
      output: at("kb.jsonl"),
      testSets: [],
      endpoint: "http://127.0.0.1:9/v1",
      model: "scripted",
    });
    await expect(nobody).rejects.toMatchObject({ code: "endpoint-unreachable" });
  });

  it("ends after twenty failures in a row", async () => {
    const many = Array.from({ length: 40 }, (_, number) => ({
      id: `row-${number}`,
      exp: `Words ${number}.`,
    }));
    await writeRows("rows.jsonl", many);
    const run = distill(() => ({ text: "no" }), { concurrency: 2 });
    await expect(run).rejects.toMatchObject({ code: "reply-invalid" });
    expect(endpoint?.requests.length).toBeLessThan(50);
  });

  it("stops where it is aborted, and goes on later", async () => {
    await writeRows("rows.jsonl", facts);
    const controller = new AbortController();
    const run = distill(
      (request, index) => {
        if (index === 5) controller.abort(new Error("enough"));
        return reply(request);
      },
      { concurrency: 1, signal: controller.signal },
    );
    await expect(run).rejects.toThrow("enough");
    expect(await distill(reply)).toMatchObject({ asked: 7, fromLog: 5, written: expect.any(Number) });
  });

  it("writes over no input and no file that it did not make", async () => {
    await writeRows("rows.jsonl", facts);
    await writeFile(at("mine.jsonl"), "mine");
    const refused = { code: "usage-invalid" };
    await expect(distill(reply, { output: at("rows.jsonl") })).rejects.toMatchObject(refused);
    await expect(distill(reply, { output: at("mine.jsonl") })).rejects.toMatchObject(refused);
    expect(await readFile(at("mine.jsonl"), "utf8")).toBe("mine");
    await expect(distill(reply, { files: [at("none.jsonl")] })).rejects.toMatchObject({
      code: "path-missing",
    });
  });
});

describe("the leak check of a distillation", () => {
  const asked = "Which crystal is found in the joint of a patient with acute gout?";

  it("sends no row that holds a test question, and drops a sentence of the model that does", async () => {
    const test = await writeRows("exam.jsonl", [
      { id: "t1", question: asked, options: { A: "Urate" }, answer: "A" },
      { id: "t2", question: "How is the tophus of a chronic gout told from other nodules?" },
      { id: "t3", question: "Is this question met nowhere in the whole input?" },
    ]);
    await writeRows("rows.jsonl", [
      { id: "same", question: asked.toUpperCase(), exp: "Urate is found there." },
      { id: "planted", exp: `Exams like to ask: ${asked} It is urate.` },
      { id: "clean", exp: "Gout follows a high level of uric acid in the blood." },
    ]);
    const leaked = "How is the tophus of a chronic gout told from other nodules.";
    const done = await distill((request) => replyWith(request, { symptoms_and_signs: [leaked] }), {
      testSets: [test],
      single: true,
    });
    expect(endpoint?.requests).toHaveLength(1);
    expect(done).toMatchObject({
      leakedRows: 2,
      sentences: { leaked: 1, kept: 1 },
      testSets: [{ set: "exam", questions: 3, touched: 2, share: 2 / 3 }],
    });
    expect((await readRows<{ sources: string[] }>("kb.jsonl")).map(({ sources }) => sources)).toEqual([
      ["clean"],
    ]);
    expect(await readRows("kb.leaks.jsonl")).toMatchObject([
      { where: "question", row: "same", matches: [{ id: "t1", reason: "contained" }] },
      { where: "explanation", row: "planted", matches: [{ id: "t1", reason: "contained" }] },
      { where: "sentence", row: "clean", sentence: leaked, matches: [{ id: "t2" }] },
    ]);
    for (const row of await readRows<object>("kb.leaks.jsonl")) expect(row).not.toHaveProperty("text");
  });

  it("drops from the log, too, what a test set named later holds", async () => {
    await writeRows("rows.jsonl", [{ id: "same", question: asked, exp: "Urate is found in the joint." }]);
    expect(await distill(reply)).toMatchObject({ written: 1 });
    const test = await writeRows("exam.jsonl", [{ id: "t1", question: asked }]);
    expect(await distill(reply, { testSets: [test] })).toMatchObject({ asked: 0, leakedRows: 1, written: 0 });
    expect(await readFile(at("kb.jsonl"), "utf8")).toBe("");
  });

  const mirage = "../shared/data/qa_mirage/manifest.jsonl";
  it.skipIf(!existsSync(mirage))(
    "drops planted questions of MIRAGE (skipped where ../shared/data is absent)",
    async () => {
      const questions = readFileSync(mirage, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as { question: string }).question)
        .filter((question) => question.split(/\s+/).length >= 8)
        .slice(0, 50);
      await writeRows("rows.jsonl", [
        ...questions.map((question, number) => ({
          id: `planted-${number}`,
          exp: `It was asked: ${question} Indeed.`,
        })),
        ...facts,
      ]);
      const done = await distill(reply, { testSets: [mirage] });
      expect(done).toMatchObject({ rows: 62, leakedRows: 50, asked: 12 });
      expect(done.testSets[0]?.touched).toBeGreaterThanOrEqual(50);
    },
  );
});
