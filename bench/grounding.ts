/**
 * Measures how well sentences are matched to evidence by words, on the pairs of bench/grounding/pairs.json, and how long it takes.
 * Prints the tables of docs/quality-grounding.md.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Evidence } from "#contracts";
import { median, wilsonInterval } from "#statistics";
import { groundByWords } from "../src/reasoning/grounding/ground-by-words.ts";
import { judgePairs } from "./grounding/judge-pairs.ts";

const pairs = await judgePairs();
const show = (part: number, whole: number) => {
  if (whole === 0) return "–";
  const [low, high] = wilsonInterval({ proportion: part / whole, sampleSize: whole });
  return `${(part / whole).toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)}; ${part} of ${whole})`;
};
const sets = ["tuning", "held-out"] as const;
console.log("| pairs | called supported rightly (precision) | found (recall) |\n| --- | --- | --- |");
for (const set of sets) {
  const own = pairs.filter((pair) => pair.set === set);
  const called = own.filter(({ borneOut }) => borneOut);
  const right = called.filter(({ supported }) => supported).length;
  console.log(
    `| ${set} (${own.length}) | ${show(right, called.length)} | ${show(right, own.filter(({ supported }) => supported).length)} |`,
  );
}
console.log(
  "\n| what the claim is | judged rightly, tuning | judged rightly, held-out |\n| --- | --- | --- |",
);
for (const kind of new Set(pairs.map((pair) => pair.kind))) {
  const cells = sets.map((set) => {
    const own = pairs.filter((pair) => pair.kind === kind && pair.set === set);
    return show(own.filter(({ supported, borneOut }) => supported === borneOut).length, own.length);
  });
  console.log(`| ${kind} | ${cells.join(" | ")} |`);
}

const texts = (
  JSON.parse(await readFile(join(import.meta.dirname, "grounding/pairs.json"), "utf8")) as { text?: string }[]
).flatMap(({ text }) => text ?? []);
const evidence = Array.from({ length: 20 }, (_, index): Evidence => {
  const text = [0, 5, 9].map((offset) => texts[(index + offset) % texts.length]).join(" ");
  const source = { file: "a.md", document: "a", start: 0, end: text.length };
  const passage = { id: `${index}`, corpus: "c", title: "Notes", headings: [], text, source, metadata: {} };
  return { type: "passage", number: index + 1, query: "", score: 1, passage };
});
const text = pairs
  .filter((_, index) => index % 12 === 0)
  .slice(0, 20)
  .map(({ claim }, index) => claim.replace(/\.$/, ` [${index + 1}].`))
  .join(" ");
const answer = { text, choice: null, confidence: null, abstained: false, differential: [], citations: [] };
const times = Array.from({ length: 300 }, () => {
  const { user, system } = process.cpuUsage();
  groundByWords({ answer, evidence, options: [] });
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / 1000;
});
const characters = evidence.reduce(
  (sum, item) => sum + (item.type === "passage" ? item.passage.text.length : 0),
  0,
);
const sentences = groundByWords({ answer, evidence, options: [] }).sentences.length;
console.log(
  `\n${sentences} sentences against 20 passages of ${Math.round(characters / 20)} characters: ` +
    `first ${times[0]?.toFixed(1)} ms, then median ${median(times.slice(50)).toFixed(1)} ms of CPU`,
);
