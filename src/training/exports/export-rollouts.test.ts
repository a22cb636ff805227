import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { medicalNotice } from "#contracts";
import { sha256 } from "#platform";
import type { Rejected } from "./survey.ts";
import { type DrawnRollout, drawRollout, exportDrawn, removeDrawn, writeDrawn } from "./test-rollouts.ts";

afterAll(removeDrawn);

const sft = { engine: "trl", kind: "sft" } as const;
const text = (content: string) => ({ type: "text", text: content }) as const;
const asked = (content: string) => [{ role: "user", parts: [text(content)] } as const];
const spoilt = (change: DrawnRollout["change"], question = "bad") => ({ question, change: change! });

describe("an export", () => {
  const broken: [reason: string, DrawnRollout | string][] = [
    ["row-not-json", "{"],
    ["row-invalid", JSON.stringify({ ...drawRollout({ question: "bad" }), rendering: "sideways" })],
    ["roles-illegal", { question: "bad", prompt: [{ role: "system", parts: [text("Only this.")] }] }],
    ["placeholders-differ", { question: "bad", image: true, prompt: asked("Where is the image?") }],
    ["placeholder-in-text", { question: "bad", passage: "see <image> above" }],
    ["control-token", { question: "bad", passage: "ends <|im_end|> here" }],
    ["gold-visible", { question: "bad", prompt: asked("Which one?\nCorrect answer: B") }],
    [
      "gold-visible",
      spoilt((rollout) => ({
        ...rollout,
        prompt: asked("Does the report say severe left ventricular dysfunction?"),
        question: {
          ...rollout.question,
          options: [],
          gold: { ...rollout.question.gold, label: undefined, text: "Severe left ventricular dysfunction" },
        },
      })),
    ],
    [
      "text-broken",
      spoilt((rollout) => ({
        ...rollout,
        transcript: {
          ...rollout.transcript,
          environment: [{ start: 0, end: rollout.transcript.text.indexOf("🫀") + 1 }],
        },
      })),
    ],
    [
      "unfinished",
      spoilt((rollout) => ({
        ...rollout,
        transcript: {
          ...rollout.transcript,
          environment: [{ start: 5, end: rollout.transcript.text.length }],
        },
      })),
    ],
    ["empty", spoilt((rollout) => ({ ...rollout, transcript: { text: "", environment: [] } }))],
    [
      "image-missing",
      {
        ...spoilt((rollout) => ({
          ...rollout,
          question: {
            ...rollout.question,
            images: [{ ...rollout.question.images[0]!, sha256: "1", file: "no.png" }],
          },
        })),
        image: true,
      },
    ],
    [
      "image-missing",
      {
        ...spoilt((rollout) => ({
          ...rollout,
          question: {
            ...rollout.question,
            images: [{ ...rollout.question.images[0]!, sha256: "1", file: "../../etc/hosts" }],
          },
        })),
        image: true,
      },
    ],
    [
      "image-changed",
      {
        ...spoilt((rollout) => ({
          ...rollout,
          question: { ...rollout.question, images: [{ ...rollout.question.images[0]!, sha256: "1" }] },
        })),
        image: true,
      },
    ],
  ];

  it.each(broken)("keeps apart with the reason %s what fails the check", async (reason, bad) => {
    const { rows, manifest } = await exportDrawn([{}, bad], sft);
    const rejected = await rows<Rejected>("rejected.jsonl");
    expect(rejected).toEqual([expect.objectContaining({ reason, line: 2, source: 0 })]);
    expect(rejected[0]?.message).toMatch(/\.$/);
    expect(manifest.rejected).toEqual({ [reason]: 1 });
    expect(await rows()).toHaveLength(1);
  });

  it("keeps apart the same try a second time, and a question without a right answer for reinforcement learning", async () => {
    const twice = await exportDrawn([{}, {}], sft);
    expect(twice.manifest.rejected).toEqual({ duplicate: 1 });
    const unknown = spoilt((rollout) => ({
      ...rollout,
      question: {
        ...rollout.question,
        options: [],
        gold: { aliases: [], entities: [], sources: [] },
      },
    }));
    const prompts = await exportDrawn([{}, unknown], { engine: "trl", kind: "grpo" });
    expect(prompts.manifest.rejected).toEqual({ "gold-missing": 1 });
  });

  it("accepts a prompt that asks for an answer without saying it, and a passage full of signs", async () => {
    const fair = asked("Which one?\nA. Normal\nB. Reduced\nEnd with Answer: and a letter.");
    const { manifest } = await exportDrawn([{ prompt: fair, passage: "K < 3.5 <b>p<0.05</b> <|" }], sft);
    expect(manifest.rejected).toEqual({});
  });

  it("learns from right answers alone, the best first, and says how many it left out and why", async () => {
    const drawn = [
      { attempt: 0, reward: 1 },
      { attempt: 1, answer: "A" },
      { attempt: 2, reward: 3 },
      { attempt: 3, reward: 2 },
    ];
    const { rows, manifest } = await exportDrawn(drawn, { ...sft, selection: { best: 2 } });
    expect((await rows()).map(({ rollout }) => rollout)).toEqual(["q1-2", "q1-3"]);
    expect(manifest.leftOut).toEqual({ wrong: 1, "not-best": 1 });
    expect(manifest.difficulty).toEqual({ always: 0, sometimes: 1, never: 0, unknown: 0 });
  });

  it("puts a group into one split, and finds an image that two groups share", async () => {
    const drawn = Array.from({ length: 40 }, (_, index) => ({
      ...{ question: `q${index}`, group: `patient ${index % 20}`, image: index < 30 },
    }));
    const { rows, manifest } = await exportDrawn(drawn, { ...sft, validation: 0.5, seed: 3 });
    const groupsOf = async (name: string) =>
      new Set((await rows(name)).map(({ qid }) => Number(String(qid).slice(1)) % 20));
    const [train, validation] = [await groupsOf("train.jsonl"), await groupsOf("validation.jsonl")];
    expect(train.intersection(validation).size).toBe(0);
    expect(train.union(validation).size).toBe(20);
    expect(manifest.split.overlap).toEqual({ groups: 0, images: 1 });
  });

  it("keeps apart every try at a question that an evaluation set has", async () => {
    const { manifest, rows } = await exportDrawn(
      [{ question: "q1" }, { question: "q1", attempt: 1 }, { question: "q2" }],
      {
        ...sft,
        leakFinder: {
          find: async ({ text: words }) =>
            words.includes("q1") ? { set: "held out", sample: "s9", reason: "contained" } : null,
          summarize: () => [],
        },
      },
    );
    expect(manifest.rejected).toEqual({ leaked: 2 });
    expect((await rows<Rejected>("rejected.jsonl"))[0]?.message).toContain("held out");
  });

  it("writes the same bytes whatever the order of the lines", async () => {
    const drawn = Array.from({ length: 12 }, (_, index) => ({
      ...{ question: `q${index % 4}`, attempt: Math.floor(index / 4), image: index % 4 === 0 },
    }));
    const read = async (rollouts: typeof drawn) => {
      const { out } = await exportDrawn(rollouts, { engine: "ms-swift", kind: "sft", validation: 0.3 });
      return Promise.all(["train.jsonl", "README.md"].map((name) => readFile(join(out, name), "utf8")));
    };
    expect(await read(drawn)).toEqual(await read(drawn.toReversed()));
  });

  it("has a data card and a manifest whose hashes are the files'", async () => {
    const { out, manifest } = await exportDrawn([{ image: true }, "{"], { engine: "ms-swift", kind: "sft" });
    const card = await readFile(join(out, "README.md"), "utf8");
    expect(card).toContain(medicalNotice);
    expect(card).toContain("| drawn \\| set | CC0-1.0 | 1 | 1 |");
    expect(card).toContain("No evaluation set was compared with");
    expect(JSON.parse(await readFile(join(out, "manifest.json"), "utf8"))).toEqual(manifest);
    for (const { name, sha256: hash } of manifest.files)
      expect(sha256(await readFile(join(out, name))), name).toBe(hash);
    expect(manifest.files.map(({ name }) => name)).toEqual(["train.jsonl", "rejected.jsonl"]);
    expect(manifest.images).toBe(1);
    expect(manifest.masks.share).toBeGreaterThan(0.2);
  });

  it("leaves no folder behind where nothing is left, and writes over none", async () => {
    const folder = await writeDrawn([{ answer: "A" }]);
    const { exportRollouts } = await import("./export-rollouts.ts");
    const { findTrainingEngine } = await import("./find-engine.ts");
    const request = {
      ...findTrainingEngine("trl", "sft"),
      ...{ folders: [folder], out: join(folder, "out"), validation: 0, seed: 1 },
      selection: { difficulties: [], withWrong: false, pairs: 1, margin: 0 },
    };
    await expect(exportRollouts(request)).rejects.toMatchObject({ code: "training-data-empty" });
    expect(await readdir(folder)).toEqual(["images", "rollouts.jsonl"]);
    await expect(exportRollouts({ ...request, out: folder })).rejects.toMatchObject({
      code: "path-occupied",
    });
    await expect(exportRollouts({ ...request, folders: [join(folder, "no")] })).rejects.toMatchObject({
      code: "path-missing",
    });
  });
});
