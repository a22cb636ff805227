import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfigurationFile } from "./configuration-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-configuration-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = join(folder, "medrounds.yaml");
  await writeFile(file, text);
  return readConfigurationFile(file);
}

describe("the configuration file", () => {
  it("is read with the line of each key", async () => {
    const text = [
      "# A local model",
      "endpoint: http://127.0.0.1:8000/v1",
      "model: medgemma-4b",
      "",
      "limits:",
      "  images: 2",
      "  idleSeconds: 30",
      "prices: { inputPerMillion: 0, outputPerMillion: 1.5 }",
    ];
    expect(await read(text.join("\n"))).toEqual({
      file: join(folder, "medrounds.yaml"),
      configuration: {
        endpoint: "http://127.0.0.1:8000/v1",
        model: "medgemma-4b",
        limits: { images: 2, idleSeconds: 30 },
        prices: { inputPerMillion: 0, outputPerMillion: 1.5 },
      },
      lines: {
        endpoint: 2,
        model: 3,
        limits: 5,
        "limits.images": 6,
        "limits.idleSeconds": 7,
        prices: 8,
        "prices.inputPerMillion": 8,
        "prices.outputPerMillion": 8,
      },
    });
  });

  it("may be empty", async () => {
    expect((await read("# nothing yet\n"))?.configuration).toEqual({});
  });

  it.each([
    ["model: a\nendpont: http://h/v1\n", 2, "endpont", /there is no such key/],
    ["limits:\n  images: 2\n  imges: 3\n", 3, "limits.imges", /there is no such key/],
    ["confidenceThreshold: 2\n", 1, "confidenceThreshold", /must be at most 1\./],
    ["policy: guess\n", 1, "policy", /must be one of reader, /],
    ["# one\nprices:\n  inputPerMillion: 1\n", 2, "prices.outputPerMillion", /it is missing/],
    ["webSearch: pubmed\n", 1, "webSearch", /as \{ service: pubmed \}/],
    ["webSearch:\n  key: sk-secret-123\n", 2, "webSearch.key", /webSearch\.keyFrom/],
    ["webSearch:\n  keyFrom: sk-secret 1\n", 2, "webSearch.keyFrom", /variable's name/],
    ["webSearch:\n  domains:\n    - a.org\n    - 5\n", 4, "webSearch.domains.1", /must be a text/],
    ["recordSamples: yes\n", 1, "recordSamples", /true or false/],
    ["maxSteps: 0\n", 1, "maxSteps", /must be at least 1\./],
    ["model: a\napiKey: sk-secret-123\n", 2, "apiKey", /never stands in the file/],
    ["apiKeyFrom: sk-secret-123 456\n", 1, "apiKeyFrom", /variable's name/],
    ["model: [a\n", 2, "", /well-formed/],
    ["- a\n- b\n", 1, "", /must be a map of keys and values/],
    ["model: !!js/function 'x'\nendpoint: 5", 2, "endpoint", /must be a text/],
  ])("is refused with line and key: %j", async (text, line, key, message) => {
    const error = await read(text).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "configuration-invalid", facts: { line, key } });
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(JSON.stringify(error) + String(error)).not.toContain("sk-secret");
  });

  it("is read or refused with a line, whatever it holds", async () => {
    const words =
      "library: model: limits: images: webSearch: domains: prices: __proto__: constructor: - ? & * ! | > { } [ ] , : # \\n \\n 1 true kb off '\" << %".split(
        " ",
      );
    const part = fc.oneof(
      fc.constantFrom(...words.map((word) => word.replace("\\n", "\n"))),
      fc.string({ maxLength: 4, unit: "binary" }),
    );
    const text = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(" "));
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        const found = await read(written).catch((reason: unknown) => reason);
        if (found instanceof Error) {
          expect(found).toMatchObject({ code: "configuration-invalid", facts: { line: expect.any(Number) } });
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(["[".repeat(60_000), "- ".repeat(20_000)])("that nests without end is refused", async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: "configuration-invalid" });
  });

  it("that expands without end is refused in time", async () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(", ")}]`,
    );
    const bomb = ["a0: &a0 [x]", ...levels].join("\n");
    await expect(read(bomb)).rejects.toMatchObject({ code: "configuration-invalid" });
  });

  it("is missing only where it was named", async () => {
    const missing = readConfigurationFile(join(folder, "none.yaml"));
    await expect(missing).rejects.toMatchObject({ code: "configuration-missing" });
    await writeFile(join(folder, "large.yaml"), "#".repeat(70_000));
    await expect(readConfigurationFile(join(folder, "large.yaml"))).rejects.toMatchObject({
      code: "file-too-large",
    });
  });
});
