import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Report } from "#contracts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";

/** Made-up studies by PMID: what was asked, and the abstract that answers it; the library calls each document in another way. */
const studies = [
  { pmid: "9000001", id: "9000001", about: "zinc lozenges", effect: "shorten hiccups" },
  { pmid: "9000002", id: "pmid:9000002", about: "morning tai chi", effect: "lower snoring" },
  { pmid: "9000003", id: "pubmedqa-9000003", about: "walnut oil", effect: "heal blisters" },
  {
    ...{ pmid: "9000004", id: "fourth", about: "harp lessons", effect: "ease tinnitus" },
    url: "https://pubmed.ncbi.nlm.nih.gov/9000004/",
  },
  { pmid: "9000005", id: "fifth", PMID: 9000005, about: "blue spectacles", effect: "prevent migraine" },
];
const missing = { pmid: "9000006", about: "barefoot marching", effect: "straighten toes" };

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("eval-sources");
  const questions = [...studies, missing].map(({ pmid, about, effect }) => [
    pmid,
    { QUESTION: `Do ${about} ${effect}?`, CONTEXTS: [], final_decision: "yes", YEAR: "2011" },
  ]);
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data/ori_pqal.json"), JSON.stringify(Object.fromEntries(questions)));
  const abstracts = studies.map(({ pmid: _, about, effect, ...row }) =>
    JSON.stringify({ ...row, title: about, text: `We gave ${about} to volunteers. They ${effect}.` }),
  );
  await writeFile(join(folder, "abstracts.jsonl"), abstracts.join("\n"));
  expect(
    (await runCli(["library", "add", "abstracts.jsonl", "--library", "library"], { cwd: folder })).code,
  ).toBe(0);
  const suite = {
    name: "sources",
    dataSets: [{ path: "data" }],
    models: [{ policy: "reader" }],
    conditions: [{ type: "round", library: "library" }],
  };
  await writeFile(join(folder, "suite.yaml"), JSON.stringify(suite));
  expect((await runCli(["eval", "run", "suite.yaml", "--out", "run"], { cwd: folder })).code).toBe(0);
});
afterAll(() => removeFolder(folder));

it("tells how many of the abstracts that its questions were written from a run's rounds found, and how early", async () => {
  const { code } = await runCli(["eval", "report", "run", "--format", "json", "--out", "report.json"], {
    cwd: folder,
  });
  expect(code).toBe(0);
  const report = JSON.parse(await readFile(join(folder, "report.json"), "utf8")) as Report;
  const figures = report.arms.find(({ isBaseline }) => !isBaseline)?.figures ?? [];
  const figure = (metric: string) => figures.find((one) => one.metric === metric)?.value;
  expect(figure("source-recall")).toBeCloseTo(5 / 6, 12);
  expect(figure("source-reciprocal-rank")).toBeCloseTo(5 / 6, 12);
  const { stdout } = await runCli(["eval", "report", "run", "--format", "markdown"], { cwd: folder });
  expect(stdout).toContain("Source documents found");
  expect(stdout).toContain("Reciprocal rank of the source");
});
