import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { searchResultSchema } from "../src/contracts/index.ts";
import { hostile, makeCliLibrary } from "./support/cli-library.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";

let cwd: string;
beforeAll(async () => {
  cwd = await makeFolder("cli-similar");
  await makeCliLibrary(cwd);
});
afterAll(() => removeFolder(cwd));

const run = (...args: string[]) => runCli(["search", ...args], { cwd });
const found = async (...args: string[]) =>
  searchResultSchema.parse(JSON.parse((await run(...args, "--json")).stdout));

describe("search by image on the command line", () => {
  it("lists the same patient's cases apart, and says why the others are similar", async () => {
    const { stdout, code } = await run(
      "--image",
      "files/0.png",
      "--same-patient",
      "--why",
      "--per-label",
      "1",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ 1 files\/c\d +0\.\d{3} +Effusion$/m);
    expect(stdout).toMatch(/Effusion as in most of these cases/);
    expect(stdout).toMatch(/\nSame patient, left out above\n 1 files\/c1 /);
    expect(stdout).toContain("4 of 4 cases · the image itself left out · 1 of the same patient left out");
    for (const mark of Object.values(hostile)) expect(stdout).not.toContain(mark);
  });

  it("narrows by labels, takes a box in pixels or shares, and words beside the image", async () => {
    const image = ["--image", "files/5.png"];
    const all = await found(...image, "--box", "0,0,24,24");
    expect(all.cases.length).toBe(5);
    expect(await found(...image, "--box", "0,0,0.5,0.5")).toEqual(all);
    expect((await found(...image, "--without-label", "effusion")).cases).toEqual([]);
    expect((await found(...image, "--view", "lateral")).unknownValues).toEqual([
      { field: "view", value: "lateral" },
    ]);
    const both = await found("effusion", ...image);
    expect(both.passages.length).toBe(1);
    expect(both.cases[0]?.stages?.map(({ stage }) => stage).sort()).toEqual(["images", "terms"]);
  });

  it("gives where both match as JSON, too", async () => {
    const { stdout } = await run("--image", "files/5.png", "--top", "2", "--why", "--json");
    const { cases, comparisons } = JSON.parse(stdout) as {
      cases: { case: { id: string } }[];
      comparisons: { id: string; query: { values: number[] } }[];
    };
    expect(comparisons.map(({ id }) => id)).toEqual(cases.map((hit) => hit.case.id));
    expect(comparisons[0]?.query.values.length).toBe(256);
  });

  it.each([
    [["effusion", "--box", "0,0,1,1"], "go with --image"],
    [["--image", "files/0.png", "--box", "0,0,0,1"], "four numbers"],
    [["--image", "files/0.png", "--box", "60,60,10,10"], "(box-invalid)"],
    [["--image", "files/0.png", "--retriever", "bm25"], "go with words"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(message === "(box-invalid)" ? 1 : 2);
    expect(stderr).toContain(message);
  });
});
