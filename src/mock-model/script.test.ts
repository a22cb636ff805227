import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { faults, parseFault } from "./fault.ts";
import { readScript, scriptSchema } from "./script.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-script-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string) {
  const file = join(folder, "script.yaml");
  await writeFile(file, content);
  return readScript(file);
}

describe("a script in YAML", () => {
  it("is read with its defaults", async () => {
    const script = await read("rules:\n  - reply: { text: Yes. }\n");
    expect(script).toEqual({ faults: [], rules: [{ when: {}, reply: { text: "Yes." } }] });
  });

  it.each([
    ["rules: [", "line 1"],
    ["rules: []", "rules"],
    ["rules:\n  - reply: { txet: x }", "rules.0.reply.txet"],
    ["rules:\n  - when: { text: '(' }\n    reply: { text: x }", "regular expression"],
    ["rules:\n  - reply: { fault: bad-mood }", "Unknown fault"],
    ["rules:\n  - reply: { fault: 'runaway:x' }", "Unknown fault"],
    ["faults: [{ fault: stall, share: 2 }]\nrules:\n  - reply: {}", "faults.0.share"],
  ])("that is wrong is refused by its place: %s", async (content, place) => {
    await expect(read(content)).rejects.toMatchObject({
      code: "script-invalid",
      message: expect.stringContaining(place),
    });
  });

  it("that is not there is told as every missing file", async () => {
    await expect(readScript(join(folder, "none.yaml"))).rejects.toMatchObject({ code: "path-missing" });
  });
});

describe("the guide", () => {
  it("shows scripts that are valid, and names every fault", async () => {
    const guide = await readFile(join(import.meta.dirname, "../../docs/guides/mock-model.md"), "utf8");
    const scripts = [...guide.matchAll(/```yaml\n(.+?)```/gs)].map(([, script]) => script ?? "");
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) expect(scriptSchema.safeParse(parse(script)).error, script).toBeUndefined();
    for (const fault of Object.keys(faults)) expect(guide).toContain(`\`${fault}`);
  });
});

describe("a fault's text", () => {
  it("is a name, with a number where there is one", () => {
    expect(parseFault("rate-limited:30")).toEqual({ name: "rate-limited", value: 30 });
    expect(parseFault(" stall ")).toEqual({ name: "stall", value: null });
    for (const text of ["", "toString", "stall:", "stall:-1", "stall:1.5", "stall stall"])
      expect(parseFault(text)).toBeUndefined();
  });
});
