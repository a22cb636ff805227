import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EvaluationSet } from "./evaluation-sets.ts";
import type { Made, MadeRow } from "./made-row.ts";
import { writeMade } from "./write-made.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-made-"));
});
afterEach(() => rm(folder, { recursive: true }));

const making = { kind: "reasoning", model: null, prompts: [], seed: null, sources: [] } as const;

function rowOf(id: string, change: Partial<MadeRow> = {}): Made {
  const row = { id, license: "CC0", texts: [`Text of ${id}.`], images: [], patient: "", fields: { id } };
  return { rows: [{ ...row, ...change }], failures: [] };
}

async function* stream(all: readonly Made[]): AsyncGenerator<Made> {
  yield* all;
}

const evaluationSet: EvaluationSet = {
  name: "exam",
  samples: [
    {
      ...{
        id: "s1",
        sourceId: "1",
        question: "Which organ lies left of the liver in most people?",
        options: [],
      },
      images: [{ name: "a.png", sha256: "aa", read: async () => new Uint8Array() }],
      ...{ gold: { type: "text", texts: ["the stomach"] }, patient: "p7", slide: "", group: "p7", tags: {} },
    },
  ],
};

describe("a folder of made data", () => {
  it("holds rows, failures and a manifest with their hashes, reasons and licenses", async () => {
    const failure = { id: "c", reason: "masked", message: "Words were taken out." };
    const all = [rowOf("a"), rowOf("b", { license: "CC BY-NC-ND 4.0" }), { rows: [], failures: [failure] }];
    const made = await writeMade({ folder, making, made: stream(all), evaluationSets: [] });
    const rows = await readFile(join(folder, "reasoning.jsonl"), "utf8");
    expect(rows).toBe('{"id":"a"}\n{"id":"b"}\n');
    expect(made.rows).toEqual({
      ...{ file: "reasoning.jsonl", lines: 2 },
      sha256: createHash("sha256").update(rows).digest("hex"),
    });
    expect([made.items, made.failures.reasons, made.licenses]).toEqual([
      ...[3, { masked: 1 }, { "CC BY-NC-ND 4.0": 1, CC0: 1 }],
    ]);
    expect(made.notes.some((note) => note.includes("CC BY-NC-ND 4.0"))).toBe(true);
    expect(made.notes.some((note) => note.includes("No evaluation set"))).toBe(true);
    expect(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"))).toEqual(made);
    expect(await readFile(join(folder, "failures.jsonl"), "utf8")).toBe(`${JSON.stringify(failure)}\n`);
  });

  it("keeps rows apart that an evaluation set has: its words, an image, a patient", async () => {
    const all = [
      rowOf("words", { texts: ["Tell me: which organ lies left of the liver in most people?"] }),
      rowOf("image", { images: ["aa"] }),
      rowOf("patient", { patient: "p7" }),
      rowOf("none", { patient: "p8", images: ["bb"] }),
    ];
    const made = await writeMade({ folder, making, made: stream(all), evaluationSets: [evaluationSet] });
    expect(made.rows.lines).toBe(1);
    const leaks = (await readFile(join(folder, "leaks.jsonl"), "utf8")).trim().split("\n");
    const reasons = leaks.map(
      (line) => (JSON.parse(line) as { leaks: { reason: string }[] }).leaks[0]?.reason,
    );
    expect(reasons).toEqual(["contained", "same-image", "same-patient"]);
    expect(made.leaks.sets).toEqual([{ set: "exam", samples: 1, rows: 3 }]);
  });

  it("is not begun where something else lies, and leaves nothing half written", async () => {
    async function* failing(): AsyncGenerator<Made> {
      yield rowOf("a");
      throw new Error("cut short");
    }
    const request = { folder, making, evaluationSets: [] };
    await expect(writeMade({ ...request, made: failing() })).rejects.toThrow("cut short");
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, "manifest.json"), '{"kind":"questions"}');
    await expect(writeMade({ ...request, made: stream([]) })).rejects.toMatchObject({
      code: "path-occupied",
    });
  });
});
