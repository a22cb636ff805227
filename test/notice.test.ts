import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { medicalNotice } from "#contracts";
import { makeFolder, projectRoot, removeFolder, runCli, writeManifest } from "./support/run-cli.ts";

const inOneLine = (text: string) => text.replace(/[\s>*]+/g, " ").trim();

describe("the medical notice", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeFolder("notice");
    await writeManifest(join(folder, "files"), [
      { id: "t", text: "An effusion is fluid in the pleural space." },
    ]);
    await runCli(["library", "add", "files"], { cwd: folder });
  });
  afterAll(() => removeFolder(folder));

  const run = async (...args: string[]) => (await runCli(args, { cwd: folder })).stdout;

  it("stands in the program's help", async () => {
    expect(inOneLine(await run("--help"))).toContain(medicalNotice);
  });

  it("is the last that an answer in words says", async () => {
    expect(inOneLine(await run("ask", "What is an effusion?")).endsWith(medicalNotice)).toBe(true);
  });

  it("is in every answer as JSON", async () => {
    expect(JSON.parse(await run("ask", "What is an effusion?", "--json"))).toMatchObject({
      notice: medicalNotice,
    });
  });

  it("stands in the readme", async () => {
    expect(inOneLine(await readFile(join(projectRoot, "README.md"), "utf8"))).toContain(medicalNotice);
  });
});
