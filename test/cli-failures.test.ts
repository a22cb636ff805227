import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roundSchema } from "#contracts";
import { makeCliLibrary } from "./support/cli-library.ts";
import { type CliResult, makeFolder, removeFolder, runCli, writeManifest } from "./support/run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("cli");
  await makeCliLibrary(folder);
});
afterAll(() => removeFolder(folder));

function run(...args: string[]): Promise<CliResult> {
  return runCli(args, { cwd: folder });
}

/** Exit code and error code, after a check that the error is told as errors are told. */
function told({ code, stdout, stderr }: CliResult): [exit: number, code: string | undefined] {
  expect(stderr).toMatch(/^medrounds: [^\n]+[.)?]\n[A-Z][^\n]+\.\n\([a-z-]+\)\n$/);
  expect(stdout + stderr).not.toMatch(/^ +at /m);
  return [code, /\(([a-z-]+)\)\n$/.exec(stderr)?.[1]];
}

const closedPort = async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
};

describe("wrong use", () => {
  it.each([
    [["ask", "x", "--nonsense"], "usage-invalid"],
    [["nonsense"], "usage-invalid"],
    [["library", "add"], "usage-invalid"],
    [["search"], "usage-invalid"],
    [["search", "x", "--why"], "usage-invalid"],
    [["search", "--image", "files/0.png", "--box", "1,2,3"], "usage-invalid"],
    [["search", "x", "--top", "0"], "usage-invalid"],
    [["search", "x", "--top", "2.5"], "usage-invalid"],
    [["ask", "x", "--seed", "-1"], "usage-invalid"],
    [["ask", "x", "--policy", "oracle"], "usage-invalid"],
    [["ask", "x", "--json", "--events"], "usage-invalid"],
    [["ask", "x", "--time-limit", "0"], "usage-invalid"],
    [["ask", "x", "--max-steps", "1.5"], "usage-invalid"],
    [["demo", "--json", "--events"], "usage-invalid"],
    [["search", "x", "--patient-id", "p1"], "usage-invalid"],
    [["demo", "9"], "usage-invalid"],
    [["ask"], "question-empty"],
    [["ask", "  "], "question-empty"],
    [["ask", "x", "--option", "no label"], "option-invalid"],
    [["ask", "x", "--option", "A=one"], "option-invalid"],
    [["ask", "x", "--option", "A=one", "--option", "a=two"], "option-invalid"],
    [["ask", "x", "--policy", "tools"], "endpoint-missing"],
    [["ask", "x", "--endpoint", "ftp://127.0.0.1", "--model", "m"], "endpoint-invalid"],
  ] as [string[], string][])("%j ends with 2 and says what to do", async (args, code) => {
    expect(told(await run(...args))).toEqual([2, code]);
  });

  it("includes a question of over 20,000 characters", async () => {
    expect(told(await run("ask", "a".repeat(120_000)))).toEqual([2, "question-too-long"]);
  });

  it("without a command shows the help and ends with 2", async () => {
    const { code, stdout, stderr } = await run();
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: medrounds");
  });
});

describe("a failure", () => {
  it("for want of a file or a library ends with 1 and says what to do", async () => {
    await mkdir(join(folder, "nothing"));
    await run("library", "add", "nothing", "--library", "empty");
    const cases: [string[], string][] = [
      [["library", "add", "missing"], "path-missing"],
      [["ask", "x", "--image", "missing.png"], "path-missing"],
      [["ask", "x", "--image", "files/manifest.jsonl"], "image-not-image"],
      [["library", "status", "--library", "none"], "library-missing"],
      [["ask", "x", "--library", "none"], "library-missing"],
      [["search", "x", "--library", "none"], "library-missing"],
      [["ask", "x", "--library", "empty"], "library-empty"],
      [["search", "x", "--library", "empty"], "library-empty"],
      [["library", "add", "nothing", "--library", "files"], "library-folder-occupied"],
      [["library", "add", "nothing", "--library", "files/0.png"], "library-folder-occupied"],
      [["library", "add", "nothing", "--library", `${"x".repeat(300)}/library`], "path-missing"],
      [["ask", "x", "--image", "files"], "path-not-file"],
      [["search", "--image", "files"], "path-not-file"],
      [["ask", "x", "--image", "x".repeat(300)], "path-missing"],
    ];
    for (const [args, code] of cases) expect(told(await run(...args)), args.join(" ")).toEqual([1, code]);
  });

  it("of a mistyped path leaves no empty library behind", async () => {
    await run("library", "add", "missing", "--library", "new");
    expect(existsSync(join(folder, "new"))).toBe(false);
  });

  it.skipIf(process.platform === "win32")(
    "of a pipe as an image ends at once, though nobody writes to it",
    async () => {
      execFileSync("sh", ["-c", 'mkfifo "$0"', join(folder, "pipe.png")]);
      expect(told(await run("ask", "x", "--image", "pipe.png"))).toEqual([1, "path-not-file"]);
    },
  );

  it("of a library that lost its tables is told as such, and nothing is made in their place", async () => {
    await run("library", "add", "files", "--library", "damaged");
    await rm(join(folder, "damaged/lance"), { recursive: true });
    for (const args of [
      ["search", "x"],
      ["library", "status"],
      ["library", "add", "files"],
    ]) {
      expect(told(await run(...args, "--library", "damaged"))).toEqual([1, "library-unreadable"]);
    }
  });

  it.skipIf(process.platform === "win32")("of a place that can't be written says so", async () => {
    const place = await makeFolder("closed");
    await writeFile(join(place, ".medrounds"), "");
    const blocked = await runCli(["demo"], { cwd: place });
    expect([blocked.code, /\(([a-z-]+)\)\n$/.exec(blocked.stderr)?.[1]]).toEqual([1, "path-unwritable"]);
    expect(blocked.stderr).not.toMatch(/^ +at /m);
    await removeFolder(place);
  });

  it("of an endpoint that nobody answers ends the round with 1, in words and as JSON", async () => {
    const endpoint = `http://127.0.0.1:${await closedPort()}/v1`;
    const args = ["ask", "What is an effusion?", "--endpoint", endpoint, "--model", "m"];
    const words = await run(...args);
    expect(told(words)).toEqual([1, "endpoint-unreachable"]);
    expect(words.stderr).toContain(endpoint);
    const json = await run(...args, "--json");
    expect(told(json)).toEqual([1, "endpoint-unreachable"]);
    const round = roundSchema.parse(JSON.parse(json.stdout));
    expect(round).toMatchObject({ outcome: "failed", failures: [{ code: "endpoint-unreachable" }] });
  });

  it("of single files is listed by code, and an addition that took nothing ends with 1", async () => {
    await writeManifest(join(folder, "bad"), [
      { id: "none" },
      { id: "gone", file: "../gone.png", labels: 7 },
    ]);
    const { code, stdout, stderr } = await run("library", "add", "bad", "--library", "new");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^Added nothing in [^\n]+\n\nRefused: 2\n\nrow-without-text {2}/);
    expect(stdout).toMatch(/\n {2}manifest\.jsonl:2 {2}The field labels is not/);
  });
});
