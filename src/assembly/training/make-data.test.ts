import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDataSet } from "#evaluation";
import { drawnCases, writeDrawnCases } from "../../../test/support/drawn-cases.ts";
import {
  type ChatRequest,
  type ScriptedEndpoint,
  type ScriptedReply,
  startScriptedEndpoint,
} from "../../../test/support/scripted-endpoint.ts";
import { type MakeDataRequest, makeData } from "./make-data.ts";

let folder: string;
let endpoint: ScriptedEndpoint | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-make-"));
});
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
  await rm(folder, { recursive: true });
});

const at = (...parts: string[]) => join(folder, ...parts);
const shared = { seed: 1, concurrency: 2, evaluated: [] };

async function start(
  script: (request: ChatRequest) => ScriptedReply,
): Promise<{ endpoint: string; model: string }> {
  await endpoint?.close();
  endpoint = await startScriptedEndpoint(script);
  // What was found of another test's server at the same port is kept by the model's name.
  return { endpoint: endpoint.url, model: `scripted-${randomUUID()}` };
}

async function readRows(...parts: string[]): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(at(...parts), "utf8")).split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function writeRows(file: string, rows: readonly unknown[]): Promise<string> {
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, rows.map((row) => JSON.stringify(row)).join("\n"));
  return file;
}

/** The JSON object that a request asks about, and how many images it shows. */
function sentIn({ messages }: ChatRequest): { fields: Record<string, string>; images: number } {
  const content = messages[1]?.content;
  const parts = Array.isArray(content) ? content : [{ type: "text" as const, text: content ?? "" }];
  const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  const images = parts.filter(({ type }) => type === "image_url").length;
  return { fields: JSON.parse(text.split("\n\n")[0] ?? "") as Record<string, string>, images };
}

const reports = [
  {
    id: "a",
    findings: "The heart is large. There is a small left effusion.",
    impression: "Effusion.",
    license: "CC0",
  },
  { id: "b", findings: "The lungs are clear. No pneumothorax.", impression: "Normal.", file: "b.png" },
  { id: "c", findings: "There is a right apical nodule. The bones are intact.", impression: "Nodule." },
  { id: "d", findings: "", impression: "Nothing." },
  { findings: "No id." },
];

/** Steps of the report's own sentences, but the first effusion on the wrong side. */
function reason(request: ChatRequest): ScriptedReply {
  const { findings = "" } = sentIn(request).fields;
  const steps = findings
    .replace("left effusion", "right effusion")
    .split(/(?<=\.) /)
    .map((text) => ({ title: "Assess the image", text }));
  return { text: JSON.stringify({ steps: [...steps, { title: "Summarize", text: steps[0]?.text }] }) };
}

async function reasoningRequest(script: (request: ChatRequest) => ScriptedReply): Promise<MakeDataRequest> {
  const [drawn] = drawnCases(1);
  await writeDrawnCases(folder, [{ ...drawn!, file: "b.png" }]);
  const file = await writeRows(at("reports.jsonl"), reports);
  const made = { kind: "reasoning", reports: [file], quotes: false, table: true, folder: at("out") } as const;
  return { ...shared, ...made, ...(await start(script)) };
}

describe("stepwise reasoning by a model", () => {
  it("is shown the findings and the image, not the impression, and each step is checked", async () => {
    const made = await makeData(await reasoningRequest(reason));
    expect(made.rows.lines).toBe(3);
    expect(made.failures.reasons).toEqual({ "conflict-side": 1, "no-findings": 1, "no-report": 1 });
    const asked = endpoint!.requests.map(sentIn);
    expect(asked.map(({ images }) => images).sort()).toEqual([0, 0, 1]);
    for (const { fields } of asked) expect(Object.keys(fields)).toEqual(["findings"]);
    const rows = await readRows("out", "reasoning.jsonl");
    expect(rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(rows[0]?.reasoning).not.toContain("right effusion");
    const { image_filename: image } = rows[1]!;
    expect(existsSync(at("out", String(image)))).toBe(true);
    const table = await readFile(at("out", "reasoning.csv"), "utf8");
    expect(table.split("\n")[0]).toBe("image_filename,findings,impression,reasoning");
  });

  it("asks again only for what it has no reply for", async () => {
    let broken = true;
    const request = await reasoningRequest((asked) =>
      broken && sentIn(asked).fields.findings?.includes("nodule")
        ? { status: 401, body: "{}" }
        : reason(asked),
    );
    await expect(makeData({ ...request, concurrency: 1 })).rejects.toMatchObject({
      code: "endpoint-refused",
    });
    expect(existsSync(at("out", "reasoning.jsonl"))).toBe(false);
    broken = false;
    const before = endpoint!.requests.length;
    const made = await makeData(request);
    expect([made.rows.lines, endpoint!.requests.length - before]).toEqual([3, 1]);
    await makeData(request);
    expect(endpoint!.requests.length - before).toBe(1);
  });

  it("keeps a report apart whose replies are no steps, after asking twice", async () => {
    const made = await makeData(await reasoningRequest(() => ({ text: "I would rather not." })));
    expect([made.rows.lines, made.failures.reasons["reply-invalid"]]).toEqual([0, 3]);
    expect(endpoint!.requests).toHaveLength(6);
    const told = endpoint!.requests.filter((one) =>
      JSON.stringify(one.messages).includes("could not be used"),
    );
    expect(told).toHaveLength(3);
  });

  it("leaves out what an evaluation set has: a report, or its image", async () => {
    const request = await reasoningRequest(reason);
    const evaluated = await writeRows(at("exam", "manifest.jsonl"), [
      {
        id: "x",
        file: "b.png",
        question: "The heart is large. There is a small left effusion. Is it?",
        answer: "yes",
      },
    ]);
    await writeFile(at("exam", "b.png"), await readFile(at("b.png")));
    const made = await makeData({ ...request, evaluated: [evaluated] });
    expect((await readRows("out", "reasoning.jsonl")).map(({ id }) => id)).toEqual(["c"]);
    expect(made.leaks.sets).toEqual([{ set: expect.any(String), samples: 1, rows: 2 }]);
  });
});

/** A good analysis, then a good question; of "dots" one that tells what the image shows. */
function examine(request: ChatRequest): ScriptedReply {
  const { fields } = sentIn(request);
  if ("answer" in fields) {
    const analysis = {
      background: "A drawn tile is given to a student of textures.",
      observation: `Repeated ${fields.answer} with gaps fill the square from edge to edge.`,
      ...{ analysis: "The repetition decides.", conclusion: `Pattern of ${fields.answer}` },
    };
    return { text: `Here it is:\n\`\`\`json\n${JSON.stringify(analysis)}\n\`\`\`` };
  }
  const isDots = fields.conclusion?.includes("dots");
  const question = isDots
    ? "Repeated gaps fill the square from edge to edge. What is it?"
    : "Which texture has the tile?";
  const answer = fields.conclusion;
  return {
    text: JSON.stringify({
      question,
      answer,
      distractors: ["Plain gray", "Pattern of rings"],
      explanation: "Look.",
    }),
  };
}

async function examFolder(): Promise<MakeDataRequest> {
  const cases = drawnCases(3).map(({ labels, ...one }) => ({
    ...one,
    ...{ labels, question: "Which pattern?", answer: labels[0], license: "CC0" },
  }));
  const dataSet = await writeDrawnCases(at("vqa"), cases);
  return {
    ...shared,
    ...{ kind: "questions", dataSet, clusters: 2, each: 9, folder: at("questions") },
    ...(await start(examine)),
  };
}

describe("exam questions", () => {
  it("are a data set of four options at most, that evaluation reads, and failures apart", async () => {
    const made = await makeData(await examFolder());
    expect([made.items, made.rows.lines, made.failures.reasons]).toEqual([6, 4, { "reveals-image": 2 }]);
    const analyses = endpoint!.requests.map(sentIn).filter(({ fields }) => "answer" in fields);
    expect(analyses.every(({ images }) => images === 1)).toBe(true);
    const { samples } = await readDataSet({ path: at("questions", "questions.jsonl"), format: "manifest" });
    for (const { options, gold, images } of samples) {
      expect([options.length, images.length, gold.type]).toEqual([3, 1, "option"]);
      const right = options.find(({ label }) => gold.type === "option" && gold.label === label);
      expect(right?.text).toBe("Pattern of stripes");
    }
  });

  it("are sorted by rollouts, and those that were always answered right dropped", async () => {
    await makeData(await examFolder());
    const file = at("questions", "questions.jsonl");
    const { samples } = await readDataSet({ path: file, format: "manifest" });
    const rates = [1, 0.75, 0.25];
    const rollouts = samples.slice(0, 3).flatMap(({ id, group, question }, index) =>
      Array.from({ length: 4 }, (_, attempt) => ({
        ...{ version: 1, id: `${id}-${attempt}`, attempt, seed: attempt, rendering: "same-turn", prompt: [] },
        question: {
          ...{ id, text: question, options: [], images: [], group, dataSet: "exam", license: "CC0" },
          gold: { aliases: [], entities: [], sources: [] },
        },
        ...{ transcript: { text: "<answer>A</answer>", environment: [] }, retrieved: [], failures: [] },
        ...{ outcome: "answered", correct: attempt < rates[index]! * 4 ? 1 : 0, reward: null },
        ...{ tokens: null, measured: {}, usage: { inputTokens: null, outputTokens: null } },
        ...{ model: { name: null, endpoint: null }, configurationHash: "0", milliseconds: 1 },
      })),
    );
    await writeRows(at("rollouts", "rollouts.jsonl"), rollouts);
    const made = await makeData({
      ...shared,
      ...{ kind: "strata", questions: at("questions"), rollouts: [at("rollouts")], folder: at("strata") },
    });
    expect(made.failures.reasons).toEqual({ "always-right": 1, "not-tried": 1 });
    const rows = await readRows("strata", "strata.jsonl");
    expect(rows.map(({ difficulty, accuracy, tries }) => [difficulty, accuracy, tries])).toEqual([
      ["easy", 0.75, 4],
      ["hard", 0.25, 4],
    ]);
    expect(rows.every(({ file: image }) => existsSync(at("strata", String(image))))).toBe(true);
  });
});

describe("the sets of the two stages", () => {
  it("are made of stepwise reasoning, with its images", async () => {
    await makeData(await reasoningRequest(reason));
    const of = { ...shared, reasoning: [at("out")], rollouts: [] };
    const reasoner = await makeData({ ...of, kind: "reasoner", folder: at("reasoner") });
    const summarizer = await makeData({ ...of, kind: "summarizer", folder: at("summarizer") });
    expect([reasoner.rows.lines, summarizer.rows.lines]).toEqual([3, 3]);
    const [, second] = await readRows("reasoner", "reasoner.jsonl");
    expect(existsSync(at("reasoner", String(second?.image)))).toBe(true);
    const answers = (await readRows("summarizer", "summarizer.jsonl")).map(({ answer }) => answer);
    expect(answers).toEqual(["Effusion.", "Normal.", "Nodule."]);
    expect(summarizer.licenses).toEqual({ CC0: 1, "not stated": 2 });
  });
});

const real = join(import.meta.dirname, "../../../../shared/data/iu_reports/manifest.jsonl");
it.skipIf(!existsSync(real))(
  "lays out real reports without a model, and every step is the report's own (skipped where ../shared/data is absent)",
  async () => {
    const lines = (await readFile(real, "utf8")).split("\n").slice(0, 200);
    await writeFile(at("reports.jsonl"), lines.join("\n"));
    const request = {
      kind: "reasoning",
      reports: [at("reports.jsonl")],
      quotes: true,
      table: false,
    } as const;
    const made = await makeData({ ...shared, ...request, folder: at("real") });
    expect(made.rows.lines).toBeGreaterThan(150);
    expect(Object.keys(made.failures.reasons).sort()).toEqual(["masked", "no-findings", "too-few-steps"]);
    for (const { findings, reasoning } of await readRows("real", "reasoning.jsonl")) {
      const plain = String(findings).replace(/\s+/g, " ");
      for (const block of String(reasoning).split("\n\n")) expect(plain).toContain(block.split("\n")[1]);
    }
  },
);
