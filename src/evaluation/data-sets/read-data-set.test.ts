import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataSetFormats } from "./formats/list.ts";
import { readDataSet } from "./read-data-set.ts";
import { drawImage, jsonLines, makeDataSet, readMade } from "./test-data-sets.ts";

const row = (id: string, more: object = {}) => ({
  id,
  file: null,
  labels: [],
  question: `Which, ${id}?`,
  answer: "yes",
  ...more,
});

describe("readDataSet", () => {
  it("refuses images outside of the data set, by any road, and images that are missing or empty", async () => {
    await using outside = await makeDataSet({ "secret.png": await drawImage(9) });
    const hostile = [
      "../secret.png",
      "/etc/passwd",
      "a/../../b.png",
      "C:\\a.png",
      "..\\a.png",
      "a\0.png",
      "link.png",
      "linked/secret.png",
    ];
    const others = ["gone.png", "empty.png", "folder", "x".repeat(5_000)];
    const rows = [...hostile, ...others, "a.png"].map((file, index) => row(`q${index}`, { file }));
    await using made = await makeDataSet({
      "manifest.jsonl": jsonLines(rows),
      "a.png": await drawImage(1),
      "empty.png": "",
    });
    await mkdir(join(made.path, "folder"));
    await symlink(join(outside.path, "secret.png"), join(made.path, "link.png"));
    await symlink(outside.path, join(made.path, "linked"));
    const set = await readDataSet({ path: made.path });
    expect(set.samples.map(({ sourceId }) => sourceId)).toEqual(["q12"]);
    expect(set.refused.map(({ code }) => code)).toEqual([
      ...hostile.map(() => "file-outside-folder"),
      "path-missing",
      "file-empty",
      "path-not-file",
      "file-outside-folder",
    ]);
  });

  it("refuses the second row of an id, and keeps two rows that ask the same, in one group", async () => {
    const same = { question: "The same?" };
    const set = await readMade({
      "manifest.jsonl": jsonLines([
        row("a"),
        row("a", { question: "Another?" }),
        row("b", same),
        row("c", same),
      ]),
    });
    expect(set.refused).toEqual([
      { sourceId: "2", code: "sample-duplicate", message: "The id a is there a second time." },
    ]);
    const [, b, c] = set.samples;
    expect(b?.id).not.toBe(c?.id);
    expect(b?.group).toBe(c?.group);
    expect(set.notes).toEqual([
      "1 sample repeats the question, options, answer and images of another; both count.",
    ]);
  });

  it("gives an id by content: not by the row's place or name, but by what is asked and shown", async () => {
    const idOf = async (shade: number, more: object = {}) => {
      const rows = [row("before"), row("asked", { question: "Which?", file: "a.png", ...more })];
      const set = await readMade({ "m.jsonl": jsonLines(rows), "a.png": await drawImage(shade) });
      return set.samples[1]?.id;
    };
    const id = await idOf(1);
    expect(await idOf(1, { id: "renamed", patient_id: "p" })).toBe(id);
    expect(await idOf(2)).not.toBe(id);
    expect(await idOf(1, { answer: "no" })).not.toBe(id);
  });

  it("reads 100,000 rows with bad ones among them, and draws of them", async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) =>
      index % 1_000 === 0
        ? "{bad"
        : JSON.stringify(row(`q${index}`, { answer: index % 3 === 0 ? "no" : "yes" })),
    );
    const set = await readMade({ "m.jsonl": lines.join("\n") }, { limit: 300 });
    expect([set.rows, set.refused.length, set.samples.length]).toEqual([100_000, 100, 300]);
    expect(set.samples.filter(({ gold }) => gold.type === "option" && gold.label === "B")).toHaveLength(100);
  });

  it("says so where an image is no longer what it was", async () => {
    await using made = await makeDataSet({
      "manifest.jsonl": jsonLines([row("q", { file: "a.png" })]),
      "a.png": await drawImage(1),
    });
    const set = await readDataSet({ path: made.path });
    await writeFile(join(made.path, "a.png"), await drawImage(2));
    await expect(set.samples[0]?.images[0]?.read()).rejects.toMatchObject({ code: "sample-changed" });
  });

  it("reads what stands before the damage of a file, and lists the damage", async () => {
    const whole = JSON.stringify([
      { img_name: "a.png", qid: 1, question: "Is it?", answer: "yes", q_lang: "en" },
      { qid: 2 },
    ]);
    const set = await readMade({ "test.json": whole.slice(0, -3), "a.png": await drawImage(1) });
    expect([set.samples.length, set.refused.map(({ code }) => code)]).toEqual([1, ["file-damaged"]]);
  });

  it.each([
    { files: { "rows.json": [{ x: 1 }] }, request: {}, code: "data-set-unclear" },
    { files: {}, request: {}, code: "data-set-unclear" },
    { files: { "m.jsonl": "not JSON\n" }, request: {}, code: "data-set-unclear" },
    { files: { "m.jsonl": jsonLines([row("a")]) }, request: { format: "nothing" }, code: "data-set-unclear" },
    { files: { "m.jsonl": jsonLines([row("a")]) }, request: { format: "slake" }, code: "data-set-unclear" },
    { files: { "m.jsonl": jsonLines([row("a", { question: "" })]) }, request: {}, code: "data-set-invalid" },
    { files: { "m.jsonl": jsonLines([row("a")]) }, request: { file: "gone.jsonl" }, code: "path-missing" },
    { files: { "m.jsonl": jsonLines([row("a")]) }, request: { images: "nowhere" }, code: "path-missing" },
  ])("throws $code for $files with $request", async ({ files, request, code }) => {
    await expect(readMade(files, request)).rejects.toMatchObject({ code });
  });

  it.each([
    { files: { "manifest.jsonl": "" }, request: { file: "manifest.jsonl" } },
    { files: { "manifest.jsonl": "\n\n" }, request: {} },
    {
      files: { "rows.json": "[]", "more.json": "{}", "rows.csv": "id,question\n", "blank.json": "" },
      request: {},
    },
    { files: { "m.jsonl": "" }, request: { file: "m.jsonl", format: "manifest" } },
  ])("says that there are no rows, not that their form is unknown: $files", async ({ files, request }) => {
    await expect(readMade(files, request)).rejects.toMatchObject({
      ...{ code: "data-set-invalid", message: expect.stringContaining("no rows") },
    });
  });

  it("refuses choices that are none, each with its reason", async () => {
    const options = { A: "left", B: "right" };
    const set = await readMade({
      "m.jsonl": jsonLines([
        row("good", { options, answer: "B" }),
        row("no-label", { options, answer: "C" }),
        row("no-text", { options, answer: "middle" }),
        row("one", { options: { A: "left" }, answer: "A" }),
        row("none", { options: {}, answer: "A" }),
        row("list", { options: ["left", "right"], answer: "A" }),
        row("blank", { options: { A: "left", B: "" }, answer: "A" }),
        row("unanswered", { options, answer: null }),
        row("letter", { answer: "B" }),
        row("null", { options: null, answer: "b)" }),
        row("open", { answer: "the left lung" }),
      ]),
    });
    expect(set.samples.map(({ sourceId }) => sourceId)).toEqual(["good", "open"]);
    expect(set.refused.map(({ sourceId, message }) => `${sourceId} ${message}`)).toEqual([
      "2 The answer C is none of the options.",
      "3 The answer middle is none of the options.",
      "4 It has fewer than two options.",
      "5 It has fewer than two options.",
      "6 The field options is not as it must be.",
      "7 It has fewer than two options.",
      "8 The field answer is missing.",
      "9 The answer B is an option's letter, and the row has no options.",
      "10 The answer b) is an option's letter, and the row has no options.",
    ]);
  });

  it("stops when it is told to", async () => {
    const files = { "m.jsonl": jsonLines([row("a")]) };
    await expect(readMade(files, { signal: AbortSignal.abort(new Error("told")) })).rejects.toThrow("told");
  });

  it("refuses a question that no round takes", async () => {
    const set = await readMade({
      "m.jsonl": jsonLines([row("a", { question: "x".repeat(20_001) }), row("b")]),
    });
    expect(set.refused).toMatchObject([
      { sourceId: "a", message: "The question is longer than 20000 characters." },
    ]);
  });
});

describe("every form", () => {
  const keys = [
    ...[
      "id",
      "file",
      "labels",
      "question",
      "answer",
      "options",
      "qa",
      "image",
      "caption",
      "qid",
      "image_name",
      "img_name",
    ],
    ...[
      "q_lang",
      "Figure_path",
      "Question",
      "Choice A",
      "Choice B",
      "Answer",
      "gt_answer",
      "option_A",
      "option_B",
      "image_path",
    ],
    ...[
      "answer_idx",
      "opa",
      "opb",
      "opd",
      "cop",
      "QUESTION",
      "final_decision",
      "label",
      "medical_task",
      "images",
      "image_1",
    ],
    ...[
      "case_id",
      "question_id",
      "db_id",
      "is_impossible",
      "v_tag",
      "query",
      "findings",
      "impression",
      "A",
      "B",
    ],
  ];
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<unknown>("A", "yes", "a.png", "../x", "", null, 1, true, 1e300) },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom("A", "B", "bytes", "path"), fc.string()) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom<unknown>("A", ["x"], null, { question: "q", answer: "yes" })),
    },
  );
  const rows = fc.array(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 14 }), {
    minLength: 1,
    maxLength: 4,
  });

  it("meets hostile rows with refusals or an error that has a cure, never with a defect", async () => {
    await using made = await makeDataSet({ "a.png": await drawImage(1) });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(...dataSetFormats),
        fc.boolean(),
        async (content, { name }, isList) => {
          const path = join(made.path, "rows.json");
          await writeFile(path, isList ? JSON.stringify(content) : `${jsonLines(content)}\n{`);
          const set = await readDataSet({ path, format: name }).catch((error: unknown) => error);
          if (set instanceof Error) expect(set).toMatchObject({ cure: expect.any(String) });
        },
      ),
      { numRuns: 400 },
    );
  });

  it("has a card and a name of its own", () => {
    expect(new Set(dataSetFormats.map(({ name }) => name)).size).toBe(dataSetFormats.length);
    for (const { name, card } of dataSetFormats) {
      expect(name).toMatch(/^[a-z\d-]+$/);
      for (const text of Object.values(card)) expect(text).not.toBe("");
    }
  });
});
