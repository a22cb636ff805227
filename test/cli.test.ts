import { execFile } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roundEventSchema, roundSchema, type SearchResult } from "#contracts";
import { hostile, makeCliLibrary } from "./support/cli-library.ts";
import { type CliResult, makeFolder, removeFolder, runCli } from "./support/run-cli.ts";

const { escape: red, bidirectional } = hostile;

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("cli");
  await makeCliLibrary(folder);
});
afterAll(() => removeFolder(folder));

function run(...args: string[]): Promise<CliResult> {
  return runCli(args, { cwd: folder });
}

describe("output for programs", () => {
  it("is one JSON document with --json, and for ask a round", async () => {
    const asked = await run("ask", "What is an effusion?", "--image", "files/0.png", "--json");
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    const round = roundSchema.parse(JSON.parse(asked.stdout));
    expect(round).toMatchObject({ outcome: expect.stringMatching(/answered|abstained/) });
    expect(round.evidence.length).toBeGreaterThan(0);
    for (const command of [
      ["search", "effusion"],
      ["search", "--image", "files/1.png"],
      ["library", "status"],
      ["library", "add", "files"],
    ]) {
      const { code, stdout, stderr } = await run(...command, "--json");
      expect([code, stderr, typeof JSON.parse(stdout)], command.join(" ")).toEqual([0, "", "object"]);
    }
  });

  it("is one event a line with --events, from round-start to round-end", async () => {
    const { code, stdout, stderr } = await run("ask", "What is an effusion?", "--events");
    expect([code, stderr]).toEqual([0, ""]);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => roundEventSchema.parse(JSON.parse(line)));
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
    expect([events.at(0)?.type, events.at(-1)?.type]).toEqual(["round-start", "round-end"]);
  });

  it("is one JSON document with --json when the command fails, too", async () => {
    for (const args of [
      ["ask", "--json"],
      ["ask", "x", "--json", "--nonsense"],
      ["search", "x", "--json", "--library", "none"],
    ]) {
      const { code, stdout } = await run(...args);
      expect(code).toBeGreaterThan(0);
      expect(JSON.parse(stdout)).toMatchObject({
        error: { code: expect.any(String), cure: expect.any(String) },
      });
    }
  });
});

describe("the limits of a question", () => {
  it("are set by --max-steps and --time-limit and are part of the configuration", async () => {
    const hash = async (...args: string[]) => {
      const { stdout } = await run("ask", "What is an effusion?", "--json", ...args);
      const { configurationHash, timings } = roundSchema.parse(JSON.parse(stdout));
      return { configurationHash, steps: timings.steps.length };
    };
    const usual = await hash();
    const short = await hash("--max-steps", "1");
    const quick = await hash("--time-limit", "20");
    expect(short.steps).toBeLessThanOrEqual(2);
    expect(new Set([usual, short, quick].map((round) => round.configurationHash)).size).toBe(3);
  });
});

describe("output for people", () => {
  it("is plain where it is piped, colored only where it is told so", async () => {
    const args = ["ask", "What is an effusion?", "--image", "files/0.png"];
    const plain = await run(...args);
    const noColor = await runCli(args, { cwd: folder, env: { NO_COLOR: "1" } });
    const color = await runCli(args, { cwd: folder, env: { FORCE_COLOR: "1" } });
    expect([plain.code, plain.stderr]).toEqual([0, ""]);
    expect(plain.stdout + noColor.stdout).not.toContain("\u001b");
    expect(color.stdout).toContain("\u001b[1m");
    expect(plain.stdout).toContain("Differential, with 95 % intervals");
  });

  it("keeps to 80 columns in a pipe, whatever COLUMNS says", async () => {
    const commands = [
      ["ask", "What is an effusion?", "--image", "files/0.png"],
      ["search", "effusion"],
      ["library", "status"],
      ["--help"],
      ["ask", "--help"],
    ];
    for (const args of commands) {
      const { stdout } = await runCli(args, { cwd: folder, env: { COLUMNS: "200" } });
      const lines = stdout.split("\n").filter((line) => !line.startsWith(folder));
      expect(Math.max(...lines.map((line) => line.length)), args.join(" ")).toBeLessThanOrEqual(80);
    }
  });

  it("lets no text of the library, of a file's name or of an argument steer the terminal", async () => {
    for (const args of [
      ["ask", `What is an effusion${red}?`, "--image", "files/1.png"],
      ["search", "effusion"],
      ["search", "--image", "files/1.png"],
      ["library", "add", `files/${red}${bidirectional}.png`],
      ["ask", "x", "--option", `${red}A`],
    ]) {
      const { stdout, stderr } = await run(...args);
      for (const mark of ["\u001b", bidirectional]) expect(stdout + stderr).not.toContain(mark);
      expect(stdout + stderr).not.toBe("");
    }
  });

  it("does not mind a reader that leaves early", async () => {
    const main = join(import.meta.dirname, "../src/cli/main.ts");
    const script = `"${process.execPath}" --conditions=medrounds-source "${main}" ask "What is an effusion?" --image files/0.png --events; echo "$?" >&2`;
    const stderr = await new Promise<string>((resolve) => {
      execFile("sh", ["-c", `{ ${script}; } | head -1`], { cwd: folder }, (_error, _out, err) =>
        resolve(err),
      );
    });
    expect(stderr).toBe("0\n");
  });
});

describe("help", () => {
  it.each(["", "library ", "library add ", "library status ", "search ", "ask ", "demo "])(
    "of medrounds %shas examples",
    async (command) => {
      const { code, stdout, stderr } = await run(...command.split(" ").filter(Boolean), "--help");
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/\nExamples:\n {2}\$ medrounds [a-z]/);
      expect(stdout).not.toContain("[]");
    },
  );
});

describe("the library", () => {
  it("takes nothing a second time", async () => {
    const { code, stdout } = await run("library", "add", "files");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Added nothing in [^\n]+\nAlready there: 6 cases and 2 documents\.\n$/);
    expect((await run("library", "status")).stdout).toContain("2 passages, 6 cases");
  });
});

describe("the cases of a question", () => {
  const excluded = async (...args: string[]) => {
    const { stdout } = await run("ask", "Which finding?", "--json", ...args);
    const { events } = roundSchema.parse(JSON.parse(stdout));
    const found = events.find((event) => event.type === "cases-retrieved");
    return [found?.excluded, found?.evidence.length, found?.searched];
  };

  it("leave out the image itself and its patient, and say how many", async () => {
    const without = { sameImage: 1, nearIdentical: 0, samePatient: 1, sameSlide: 0 };
    expect(await excluded("--image", "files/0.png")).toEqual([without, 4, 4]);
    const { stdout } = await run("ask", "Which finding?", "--image", "files/0.png");
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "4 of 4 · the image itself left out · 1 of the same patient left out",
    );
  });

  it("leave out the patient that is named", async () => {
    const without = { sameImage: 1, nearIdentical: 0, samePatient: 2, sameSlide: 0 };
    expect(await excluded("--image", "files/5.png", "--patient-id", "p1")).toEqual([without, 3, 3]);
  });

  it("leave out the patient that is named in a search by image, too", async () => {
    const args = ["search", "--image", "files/5.png", "--json"];
    const found = async (...more: string[]) => JSON.parse((await run(...args, ...more)).stdout);
    expect((await found()).excluded).toEqual({
      sameImage: 1,
      nearIdentical: 0,
      samePatient: 0,
      sameSlide: 0,
    });
    const without = await found("--patient-id", "p1");
    expect(without.excluded).toEqual({ sameImage: 1, nearIdentical: 0, samePatient: 2, sameSlide: 0 });
    expect(without.cases.map((hit: SearchResult["cases"][number]) => hit.case.patientId)).not.toContain("p1");
  });

  it("take no unknown patient for another", async () => {
    const without = { sameImage: 1, nearIdentical: 0, samePatient: 0, sameSlide: 0 };
    expect(await excluded("--image", "files/3.png")).toEqual([without, 5, 5]);
    expect(await excluded("--image", "files/5.png", "--patient-id", "unknown")).toEqual([without, 5, 5]);
  });

  it("are looked for by all images of the question at once", async () => {
    const { stdout } = await run(
      "ask",
      "Which finding?",
      "--json",
      "--image",
      "files/2.png",
      "--image",
      "files/5.png",
    );
    const { events } = roundSchema.parse(JSON.parse(stdout));
    expect(events.filter((event) => event.type === "image-inspected").map(({ name }) => name)).toEqual([
      "2.png",
      "5.png",
    ]);
    const found = events.filter((event) => event.type === "cases-retrieved");
    expect(found.map((event) => event.excluded.sameImage)).toEqual([2]);
  });
});

describe("the demo", () => {
  it("builds a library of its own, and starts fast the second time", async () => {
    const other = join(folder, "elsewhere");
    await mkdir(other);
    const first = await runCli(["demo"], { cwd: other });
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain("Drawing the demo's synthetic images");
    expect(await readdir(join(other, ".medrounds"))).toEqual(["demo"]);
    const manifest = join(other, ".medrounds/demo/library.json");
    const built = await readFile(manifest, "utf8");
    const began = performance.now();
    const second = await runCli(["demo", "3"], { cwd: other });
    expect(performance.now() - began).toBeLessThan(4_000);
    expect([second.code, second.stderr]).toEqual([0, ""]);
    expect(second.stdout).toMatch(/^Demo 3 of 4: .* · synthetic image\n/);
    expect(await readFile(manifest, "utf8")).toBe(built);
    const asJson = await runCli(["demo", "2", "--json"], { cwd: other });
    expect(roundSchema.parse(JSON.parse(asJson.stdout)).evidence.length).toBeGreaterThan(0);
    const asEvents = await runCli(["demo", "2", "--events"], { cwd: other });
    for (const line of asEvents.stdout.trimEnd().split("\n")) roundEventSchema.parse(JSON.parse(line));
  });
});
