import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SampleRecord } from "../src/evaluation/answers/answer.ts";
import { readRunSamples } from "../src/evaluation/runner/run-samples.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import { openSuiteRuns, type SuiteRuns } from "./support/suite-runs.ts";

type Row = { image: string[]; conversations: { value: string }[]; metadata: { correct: string } };

let folder: string;
let runs: SuiteRuns;
beforeAll(async () => {
  folder = await makeFolder("eval-exemplars");
  runs = await openSuiteRuns(folder, {
    script: () => ({ text: "ANSWER: A" }),
    suite: {
      models: [{ name: "mock", endpoint: "here", model: "mock", logprobs: false }],
      conditions: [
        { type: "few-shot", exemplars: "recorded", records: "published.json", name: "published" },
        { type: "few-shot", exemplars: "recorded", records: "apart.json", name: "apart" },
        { type: "few-shot", exemplars: "random", barred: "asked.json", name: "barred" },
        { type: "few-shot", exemplars: "same-slide", count: 2, name: "control" },
      ],
      seeds: [1],
    },
  });
});
afterAll(async () => {
  await runs[Symbol.asyncDispose]();
  await removeFolder(folder);
});

async function write(out: string, ...more: string[]) {
  const args = ["eval", "exemplars", "data", "--out", out, "--json", ...more];
  const { code, stdout } = await runCli(args, { cwd: folder });
  const rows: Row[] = code === 0 ? JSON.parse(await readFile(join(folder, out), "utf8")) : [];
  return { code, told: JSON.parse(stdout), rows };
}

const patientOf = (path: string) => Math.floor(Number(/case-(\d+)/.exec(path)?.[1]) / 2);

describe("record files", () => {
  it("ask about a share of the patients, and then show examples of the others alone", async () => {
    const asked = await write("asked.json", "--per-class", "0", "--split", "0.2");
    expect(asked.told).toMatchObject({ asked: 8, records: 8, pool: 32, left: [], unknown: [] });
    expect(new Set(asked.rows.map(({ image }) => patientOf(image[0]!))).size).toBe(4);
    const { told, rows } = await write("apart.json", "--asked", "asked.json");
    expect(told).toMatchObject({ asked: 8, records: 8, short: 0, checked: 8, touched: 0 });
    const patients = new Set(rows.map(({ image }) => patientOf(image.at(-1)!)));
    for (const { image } of rows) {
      expect(image).toHaveLength(3);
      for (const shown of image.slice(0, -1)) expect(patients.has(patientOf(shown))).toBe(false);
    }
  });

  it("say what a suite asks, whose examples are of the other samples", async () => {
    const asked = JSON.parse(await readFile(join(folder, "asked.json"), "utf8")) as Row[];
    const suite = JSON.parse(await readFile(join(folder, "suite.yaml"), "utf8"));
    const askedAlone = {
      ...suite,
      dataSets: [{ ...suite.dataSets[0], asked: "asked.json" }],
      conditions: [{ type: "few-shot", exemplars: "random", barsAsked: true }],
    };
    await writeFile(join(folder, "asked.yaml"), JSON.stringify(askedAlone));
    expect((await runs.run("asked", { suite: "asked.yaml" })).code).toBe(0);
    const samples = [...(await readRunSamples(join(folder, "asked"))).values()].flat();
    const names = samples.map(({ images }) => images[0]!.name.split("/").at(-1));
    expect(names.toSorted()).toEqual(asked.map(({ image }) => image[0]!.split("/").at(-1)).toSorted());
    const log = (await readFile(join(folder, "asked/log.jsonl"), "utf8")).trim().split("\n");
    const answers = log.map((line) => JSON.parse(line) as SampleRecord);
    const known = new Set(samples.map(({ id }) => id));
    for (const record of answers) {
      const shown = record.state === "answered" ? record.answer.exemplars : [];
      expect(shown).toHaveLength(2);
      for (const { sample } of shown) expect(known.has(sample)).toBe(false);
    }
    const few = await runs.run("few", { suite: "asked.yaml", more: ["--limit", "3"] });
    expect(few.code).toBe(0);
    const taken = [...(await readRunSamples(join(folder, "few"))).values()].flat();
    expect([taken.length, taken.every(({ id }) => known.has(id))]).toEqual([3, true]);
  });

  it("are built as published on request, and tell what the examples share with the questions", async () => {
    const { told, rows } = await write(
      "published.json",
      "--as-published",
      "--split",
      "0.2",
      "--per-class",
      "16",
    );
    expect(told).toMatchObject({ asked: 8, records: 8, checked: 8 });
    expect(told.touched).toBeGreaterThan(0);
    expect(told.reasons.samePatient).toBe(told.touched);
    const answers = rows.map(({ conversations }) => conversations[0]?.value.match(/(?<=^Answer: ).*/gm));
    const blocks = ["dots", "stripes"].flatMap((name) => Array.from({ length: 16 }, () => name));
    for (const shown of answers) expect(shown).toEqual(blocks);
  });

  it("are refused where it is told twice what is asked, and for a file that asks about nothing", async () => {
    const twice = await write("no.json", "--asked", "asked.json", "--split", "0.5");
    expect([twice.code, twice.told.error.code]).toEqual([2, "usage-invalid"]);
    await writeFile(join(folder, "other.json"), "[]");
    const other = await write("no.json", "--asked", "other.json");
    expect(other.told.error.code).toBe("few-shot-file-invalid");
  });

  it("give a suite its examples and bars, and what they share stands in its leaks, also after another start", async () => {
    const { code, stderr } = await runs.run("run");
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/medrounds:/)]);
    const read = async (file: string) => JSON.parse(await readFile(join(folder, "run", file), "utf8"));
    const leaks = await read("leaks.json");
    const found = Object.fromEntries(
      leaks.leaks.map(
        ({ sources: [name], checked, touched }: { sources: string[]; checked: number; touched: object }) => [
          name,
          [checked, Object.keys(touched).length],
        ],
      ),
    );
    const published = await read("../published.json");
    const shared = published.filter(({ image }: Row) =>
      image.slice(0, -1).some((shown) => patientOf(shown) === patientOf(image.at(-1)!)),
    );
    expect(found).toEqual({
      published: [8, shared.length],
      apart: [8, 0],
      barred: [40, 0],
      control: [40, 40],
    });
    const { notes } = await read("run.json");
    expect(notes).toContain(
      "data published: 32 questions are in no record, and were asked without examples.",
    );
    expect(notes).toContain("data control: 40 questions got fewer examples than wanted.");
    expect((await runs.run("run")).code).toBe(0);
    expect((await read("run.json")).notes).toEqual(notes);
    expect(await read("leaks.json")).toEqual(leaks);
  });

  it("bar what they ask about from being an example", async () => {
    const asked = new Set(
      (JSON.parse(await readFile(join(folder, "asked.json"), "utf8")) as Row[]).map(({ image }) =>
        patientOf(image[0]!),
      ),
    );
    const samples = (await readRunSamples(join(folder, "run"))).get("data") ?? [];
    const barred = new Set(
      samples.filter(({ patient }) => asked.has(Number(patient.split("-")[1]))).map(({ id }) => id),
    );
    const log = (await readFile(join(folder, "run/log.jsonl"), "utf8")).trim().split("\n");
    const records = log
      .map((line) => JSON.parse(line) as Extract<SampleRecord, { state: "answered" }>)
      .filter(({ arm }) => arm.includes(".barred."));
    expect([barred.size, records.length]).toEqual([8, 40]);
    for (const { answer } of records)
      for (const { sample } of answer.exemplars) expect(barred.has(sample)).toBe(false);
  });
});
