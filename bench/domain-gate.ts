/**
 * Measures “Is this a medical question?” on the prompts beside the gate, and on questions of ../shared/data where that is there. Prints the
 * tables of docs/quality-guards.md.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { judgeDomain } from "#reasoning";
import { wilsonInterval } from "#statistics";

type Prompts = Record<"medical" | "not-medical", Record<string, string[]>>;
const verdicts = ["medical", "unclear", "not-medical"] as const;

const file = join(import.meta.dirname, "../src/reasoning/guards/domain-prompts.json");
const halves = JSON.parse(await readFile(file, "utf8")) as Record<string, Prompts>;
for (const [half, truths] of Object.entries(halves)) {
  const rows = Object.entries(truths).map(([truth, kinds]) => row(truth, Object.values(kinds).flat()));
  print(`${half}: what it is → what it is called`, rows);
}
const heldOut = Object.entries(halves["held-out"]!).flatMap(([truth, kinds]) =>
  Object.entries(kinds).map(([kind, prompts]) => row(`${truth}: ${kind}`, prompts)),
);
print("held-out, by kind", heldOut);

const sets = ["qa_mirage/manifest", "ir_liveqa_medquad/queries", "qa_pubmedqa/manifest", "ir_bioasq/queries"];
const outside: string[] = [];
for (const set of sets) {
  const text = await readFile(join(import.meta.dirname, `../../shared/data/${set}.jsonl`), "utf8").catch(
    () => "",
  );
  const questions = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { question?: string; text?: string });
  if (questions.length > 0)
    outside.push(
      row(
        set.split("/")[0]!,
        questions.map(({ question, text: query }) => question ?? query ?? ""),
      ),
    );
}
if (outside.length > 0) print("questions of others, all of them medical or of biology", outside);

const texts = Object.values(halves).flatMap((half) =>
  Object.values(half).flatMap((kinds) => Object.values(kinds).flat()),
);
const rounds = 50;
const before = process.cpuUsage();
for (let round = 0; round < rounds; round++)
  for (const text of texts) judgeDomain({ text, hasImages: false });
const { user, system } = process.cpuUsage(before);
console.log(`\n${((user + system) / rounds / texts.length).toFixed(0)} µs of CPU a prompt`);

function row(name: string, prompts: readonly string[]): string {
  const called = prompts.map((text) => judgeDomain({ text, hasImages: false }).verdict);
  const cells = verdicts.map((verdict) => {
    const count = called.filter((one) => one === verdict).length;
    const proportion = count / prompts.length;
    const [low, high] = wilsonInterval({ proportion, sampleSize: prompts.length });
    return `${count} · ${proportion.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
  });
  return `| ${[name, prompts.length, ...cells].join(" | ")} |`;
}

function print(title: string, rows: readonly string[]): void {
  const head = `| | prompts | ${verdicts.join(" | ")} |\n| --- | --: | --: | --: | --: |`;
  console.log(`\n${title}\n\n${head}\n${rows.join("\n")}`);
}
