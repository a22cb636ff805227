import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, removeFolder, runCli } from "../../../../test/support/run-cli.ts";

const item = {
  id: "one",
  options: ["Pneumonia", "Pulmonary embolism"],
  gold: { letter: "B" },
  completion: "<think>A filling defect.</think>\n<answer>B</answer>",
};
const wrong = "<think>An opacity.</think>\n<answer>A</answer>";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("train-score");
});
afterAll(() => removeFolder(folder));

describe("train score", () => {
  it("scores a file as the service does, and sums it up", async () => {
    const file = join(folder, "items.jsonl");
    const out = join(folder, "scores.jsonl");
    await writeFile(
      file,
      [JSON.stringify(item), "no JSON", JSON.stringify({ ...item, completion: wrong })].join("\n"),
    );
    const options = ["--profile", "med-rwr-stage1", "--out", out, "--json"];
    const { code, stdout } = await runCli(["train", "score", file, ...options], { cwd: folder });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      items: 3,
      missing: 1,
      mean: 3.5,
      flags: { "item-invalid": 1 },
    });
    const lines = (await readFile(out, "utf8")).trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { total: number | null }).total)).toEqual([6, null, 1]);
    const again = await runCli(["train", "score", file, ...options], { cwd: folder });
    expect([again.code, again.stdout]).toEqual([1, expect.stringContaining("path-occupied")]);
  });

  it("tells the profiles where there is none of that name", async () => {
    const file = join(folder, "one.jsonl");
    await writeFile(file, JSON.stringify(item));
    const { code, stderr } = await runCli(["train", "score", file, "--profile", "best"], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining("med-rwr-paper")]);
  });
});
