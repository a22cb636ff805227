/**
 * Exports 10,000 and 40,000 drawn rollouts (2–4 kB: two searches of three passages each, eight tries a question): transcripts a second, and
 * the peak of resident memory, each in a process of its own. Run by name: `node --conditions=medrounds-source bench/training-export.ts`.
 */

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { createRandom } from "#statistics";
import { exportRollouts, findTrainingEngine } from "#training";
import { type Figure, printFigures } from "./measure.ts";

const tries = 8;
const least = 10_000;
const [, script = "", given, folder = "", engineName = "", kindName = ""] = process.argv;
if (given === undefined) await measure();
else await exportDrawn(Number(given));

async function measure(): Promise<void> {
  const drawn = await mkdtemp(join(tmpdir(), "training-export-"));
  const figures: Figure[] = [];
  try {
    for (const count of [least, 4 * least]) {
      await drawRollouts(join(drawn, `${count}`), count);
      for (const [engine, kind] of [
        ["ms-swift", "sft"],
        ["trl", "dpo"],
        ["verl", "grpo"],
      ] as const) {
        const parameters = [
          "--conditions=medrounds-source",
          script,
          `${count}`,
          join(drawn, `${count}`),
          engine,
          kind,
        ];
        const { perSecond, peak } = JSON.parse(
          execFileSync(process.execPath, parameters, { encoding: "utf8" }),
        ) as {
          perSecond: number;
          peak: number;
        };
        const what = `${engine} ${kind}, ${count} rollouts`;
        figures.push(
          { what, value: perSecond, unit: "a second", target: "≥ 10000" },
          { what: `${what}: peak memory`, value: peak, unit: "MB", target: "≤ 1 kB a rollout more" },
        );
      }
    }
  } finally {
    await rm(drawn, { recursive: true, force: true });
  }
  printFigures(figures);
}

async function exportDrawn(count: number): Promise<void> {
  const began = performance.now();
  await exportRollouts({
    ...findTrainingEngine(engineName, kindName),
    folders: [folder],
    out: join(folder, `out-${engineName}-${kindName}`),
    selection: { difficulties: [], withWrong: true, pairs: 4, margin: 0 },
    ...{ validation: 0.1, seed: 1 },
  });
  const perSecond = (1000 * count) / (performance.now() - began);
  console.log(JSON.stringify({ perSecond, peak: process.resourceUsage().maxRSS / 1024 }));
}

async function drawRollouts(into: string, count: number): Promise<void> {
  const random = createRandom(9);
  const words =
    "pulmonary embolism pneumonia aortic effusion opacity nodule of the a with and in left right lobe chest acute pain fever".split(
      " ",
    );
  const prose = (length: number) =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(" ");
  await mkdir(into, { recursive: true });
  const file = createWriteStream(join(into, "rollouts.jsonl"));
  const options = ["Pneumonia", "Embolism", "Dissection", "Failure"].map((text, index) => ({
    label: "ABCD"[index]!,
    text,
  }));
  let [question, system] = ["", ""];
  for (let index = 0; index < count; index++) {
    if (index % tries === 0) [question, system] = [prose(60), prose(60)];
    const id = Math.floor(index / tries)
      .toString(16)
      .padStart(24, "0");
    let text = "";
    const environment: { start: number; end: number; kind: "retrieve" }[] = [];
    for (let search = 0; search < 2; search++) {
      text += `<think>${prose(40)}</think>\n<query>${prose(6)}</query>\n`;
      const start = text.length;
      const passages = [1, 2, 3].map((number) => `[${number}] ${prose(4)}: ${prose(50)}`);
      text += `<retrieve>${passages.join("\n")}</retrieve>`;
      environment.push({ start, end: text.length, kind: "retrieve" });
    }
    const label = "ABCD"[Math.floor(random() * 4)]!;
    text += `<think>${prose(40)}</think>\n<answer>${label}</answer>`;
    const rollout = {
      ...{ version: 1, id: `${id}-${index % tries}`, attempt: index % tries, seed: index % tries },
      question: {
        ...{ id, text: question, options, images: [], group: id, dataSet: "drawn", license: "none" },
        gold: { label: "B", aliases: [], entities: [], sources: [] },
      },
      prompt: [
        { role: "system", parts: [{ type: "text", text: system }] },
        { role: "user", parts: [{ type: "text", text: question }] },
      ],
      transcript: { text, environment, grammar: "med-rwr" },
      ...{ rendering: "same-turn", retrieved: [], tokens: null, failures: [], outcome: "answered" },
      ...{ usage: { inputTokens: 1, outputTokens: 1 }, model: { name: "drawn", endpoint: null } },
      ...{ configurationHash: "0".repeat(64), milliseconds: 1, correct: label === "B" ? 1 : 0 },
      reward: {
        ...{ profile: "med-r1", configurationHash: "0".repeat(64), flags: [] },
        ...{ total: label === "B" ? 1 : 0, components: { accuracy: label === "B" ? 1 : 0 } },
      },
    };
    if (!file.write(`${JSON.stringify(rollout)}\n`)) await once(file, "drain");
  }
  file.end();
  await finished(file);
}
