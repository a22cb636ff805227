import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "#platform";
import type { Rollout } from "../rollouts/rollout.ts";
import { type ExportRequest, exportRollouts } from "./export-rollouts.ts";
import { findTrainingEngine } from "./find-engine.ts";
import type { ExportManifest } from "./manifest.ts";
import type { Selection } from "./select.ts";

/** For tests: what one differs in from a right answer after one search. */
export type DrawnRollout = {
  question?: string;
  attempt?: number;
  /** What it chose of A and B; B is right. */
  answer?: string;
  reward?: number | null;
  passage?: string;
  rendering?: Rollout["rendering"];
  image?: boolean;
  group?: string;
  prompt?: Rollout["prompt"];
  change?: (rollout: Rollout) => Rollout;
};

/** For tests: any bytes stand for an image. */
const imageBytes = Buffer.from("an image");

export function drawRollout(drawn: DrawnRollout = {}): Rollout {
  const { question = "q1", attempt = 0, answer = "B", passage = "EF < 55 % 🫀 is low", change } = drawn;
  const { rendering = "same-turn", image = false, group = question } = drawn;
  const correct = answer === "B" ? 1 : 0;
  const { reward = correct } = drawn;
  const asked = "<think>What is low?</think>\n<query>low ejection fraction</query>";
  const found = `\n<retrieve>${passage}</retrieve>\n`;
  const hash = sha256(imageBytes);
  const text = { type: "text", text: `Which one (${question})?\nA. Normal\nB. Reduced` } as const;
  const rollout: Rollout = {
    version: 1,
    ...{ id: `${question}-${attempt}`, attempt, seed: attempt },
    question: {
      ...{
        id: question,
        text: `Which one (${question})?`,
        group,
        dataSet: "drawn | set",
        license: "CC0-1.0",
      },
      options: [
        { label: "A", text: "Normal" },
        { label: "B", text: "Reduced" },
      ],
      images: image ? [{ name: "x.png", sha256: hash, file: `images/${hash}.png`, sourceSha256: hash }] : [],
      gold: { label: "B", aliases: ["HFrEF"], entities: ["heart failure"], sources: [] },
    },
    prompt: drawn.prompt ?? [
      { role: "system", parts: [{ type: "text", text: "Search before you answer." }] },
      { role: "user", parts: image ? [{ type: "image", image: 0 }, text] : [text] },
    ],
    transcript: {
      text: `${asked}${found}<think>Low 🫀.</think>\n<answer>${answer}</answer>`,
      environment: [{ start: asked.length, end: asked.length + found.length, kind: "retrieve" }],
      grammar: "med-rwr",
    },
    ...{ rendering, retrieved: [], tokens: null, measured: {}, failures: [], outcome: "answered" },
    ...{ usage: { inputTokens: null, outputTokens: null }, model: { name: "drawn", endpoint: null } },
    ...{ configurationHash: "0", milliseconds: 1, correct },
    reward: {
      ...{ profile: "med-r1", configurationHash: "0", total: reward, flags: [] },
      components: { accuracy: correct },
    },
  };
  return change ? change(rollout) : rollout;
}

const folders: string[] = [];

/** Removes all folders that were made here; to be called when the tests of a file are done. */
export async function removeDrawn(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

/** A folder of rollouts, as they are kept; a text stands for a line as it is. */
export async function writeDrawn(rollouts: readonly (DrawnRollout | string)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rollouts-"));
  folders.push(folder);
  await mkdir(join(folder, "images"));
  await writeFile(join(folder, "images", `${sha256(imageBytes)}.png`), imageBytes);
  const lines = rollouts.map((one) => (typeof one === "string" ? one : JSON.stringify(drawRollout(one))));
  await writeFile(join(folder, "rollouts.jsonl"), lines.map((line) => `${line}\n`).join(""));
  return folder;
}

export type DrawnExport = {
  out: string;
  manifest: ExportManifest;
  /** Rows of a file of JSON lines. */
  rows<Row = Record<string, unknown>>(name?: string): Promise<Row[]>;
};

export async function exportDrawn(
  rollouts: readonly (DrawnRollout | string)[],
  {
    engine,
    kind,
    selection,
    ...options
  }: { engine: string; kind: string; selection?: Partial<Selection> } & Partial<
    Pick<ExportRequest, "validation" | "seed" | "leakFinder">
  >,
): Promise<DrawnExport> {
  const folder = await writeDrawn(rollouts);
  const out = join(folder, "out");
  const manifest = await exportRollouts({
    ...findTrainingEngine(engine, kind),
    ...{ folders: [folder], out, validation: 0, seed: 1, ...options },
    selection: { difficulties: [], withWrong: false, pairs: 1, margin: 0, ...selection },
  });
  return {
    out,
    manifest,
    async rows<Row>(name = "train.jsonl") {
      const lines = (await readFile(join(out, name), "utf8")).split("\n");
      return lines.filter(Boolean).map((line) => JSON.parse(line) as Row);
    },
  };
}
