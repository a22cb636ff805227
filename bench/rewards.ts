/**
 * Scores 10,000 drawn transcripts (2–4 kB: two searches of three passages each) on one core, without a model, by each profile: transcripts
 * a second, and the 95th percentile of batches of 64. Run by name: `node --conditions=medrounds-source bench/rewards.ts`.
 */

import { readFileSync } from "node:fs";
import { createRandom } from "#statistics";
import {
  findRewardProfile,
  readSafetyChecklist,
  rewardProfiles,
  scoreTrajectories,
  type Trajectory,
} from "#training";
import { type Figure, printFigures } from "./measure.ts";

const count = 10_000;
const batchSize = 64;
const random = createRandom(9);
const words =
  `pulmonary embolism pneumonia aortic dissection effusion consolidation opacity nodule fracture the of a with and in no left right
  lower upper lobe chest computed tomography contrast defect artery vein acute chronic pain fever dyspnea patient shows treatment
  anticoagulation heparin risk factor sign study evidence marked mild p<0.05 EF>55% heart failure edema infiltrate`.split(
    /\s+/,
  );
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
const prose = (length: number) => Array.from({ length }, () => pick(words)).join(" ");
const options = ["Pneumonia", "Pulmonary embolism", "Aortic dissection", "Heart failure"].map(
  (text, index) => ({
    label: "ABCD"[index]!,
    text,
  }),
);

function drawTrajectory(id: number): Trajectory {
  let text = "";
  const environment: { start: number; end: number }[] = [];
  for (let search = 0; search < 2; search++) {
    text += `<think>${prose(40)}</think>\n<query>${prose(6)}</query>\n`;
    const start = text.length;
    const passages = [1, 2, 3].map(
      (number) => `[${number}] ${prose(4)}: ${prose(35 + Math.floor(random() * 30))}`,
    );
    text += `<retrieve>${passages.join("\n")}</retrieve>`;
    environment.push({ start, end: text.length });
    text += "\n";
  }
  const chosen = pick(options);
  text += `<think>${prose(40)}</think>\n<answer>${pick([chosen.label, `${chosen.label}. ${chosen.text}`, chosen.text])}</answer>`;
  const drawOptions = () => Object.fromEntries(options.map(({ label }) => [label, -random() * 5]));
  return {
    id: String(id),
    question: prose(30),
    options,
    gold: { label: "B", aliases: [], entities: [], sources: [] },
    transcript: { text, environment, grammar: "med-rwr" },
    retrieved: [],
    images: 1,
    measured: { optionsBefore: drawOptions(), optionsAfter: drawOptions(), imageSimilarity: [0.3, 0.2] },
  };
}

const trajectories = Array.from({ length: count }, (_, index) => drawTrajectory(index));
const batches = Array.from({ length: Math.floor(count / batchSize) }, (_, index) =>
  trajectories.slice(index * batchSize, (index + 1) * batchSize),
);
const characters = trajectories.reduce((sum, { transcript }) => sum + transcript.text.length, 0);
console.log(`${count} transcripts of ${(characters / count).toFixed(0)} characters on average`);

const checklistFile = new URL("../recipes/rewards/safety.yaml", import.meta.url);
const safetyChecklist = readSafetyChecklist(readFileSync(checklistFile, "utf8"), "safety.yaml");
const figures: Figure[] = [];
for (const { name } of rewardProfiles) {
  const profile = findRewardProfile(name);
  for (const batch of batches.slice(0, 10)) scoreTrajectories(profile, batch, { safetyChecklist });
  const times = batches.map((batch) => {
    const began = performance.now();
    scoreTrajectories(profile, batch, { safetyChecklist });
    return performance.now() - began;
  });
  const total = times.reduce((sum, one) => sum + one, 0);
  times.sort((a, b) => a - b);
  figures.push(
    { what: name, value: (batches.length * batchSize * 1000) / total, unit: "a second", target: "≥ 2000" },
    {
      what: `${name}, p95 of a batch`,
      value: times[Math.floor(0.95 * times.length)]!,
      unit: "ms",
      target: "< 50",
    },
  );
}
printFigures(figures);
