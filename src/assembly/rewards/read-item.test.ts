import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrajectory } from "#training";
import { type ItemReading, readItem } from "./read-item.ts";

function read(item: Record<string, unknown>, reading: ItemReading = {}) {
  const found = readItem({ id: "one", ...item }, reading);
  if (found.type === "invalid") throw new Error(found.reason);
  return { ...found, parts: readTrajectory(found.trajectory) };
}
const block = "<retrieve>[1] Lung: An embolism blocks an artery of the lung.</retrieve>";
const searched = `<query>embolism</query>\n${block}\n<answer>B</answer>`;
const documents = [{ id: "p1", title: "Lung", text: "An embolism blocks an artery of the lung." }];

describe("reading an item", () => {
  it("takes options as texts, with labels, and by label", () => {
    const options = [
      { label: "A", text: "Pneumonia" },
      { label: "B", text: "Embolism" },
    ];
    for (const given of [["Pneumonia", "Embolism"], options, { A: "Pneumonia", B: "Embolism" }]) {
      expect(read({ completion: "", options: given }).trajectory.options).toEqual(options);
    }
  });

  it("takes what is right as a text, as texts, by parts, and from the columns of our exports", () => {
    const gold = (item: object) => read({ completion: "", ...item }).trajectory.gold;
    const none = { aliases: [], entities: [], sources: [] };
    expect(gold({ gold: "B" })).toEqual({ ...none, text: "B" });
    expect(gold({ gold: ["embolism", "PE"] })).toEqual({ ...none, text: "embolism", aliases: ["PE"] });
    expect(gold({ gold: { target: ["B", "embolism"] } })).toEqual({
      ...none,
      text: "B",
      aliases: ["embolism"],
    });
    expect(gold({ gold: { letter: "B", entities: ["lung"] } })).toEqual({
      ...none,
      label: "B",
      entities: ["lung"],
    });
    expect(gold({ solution: "B", gold_letter: "B", gold_text: "embolism" })).toEqual({
      ...none,
      label: "B",
      text: "embolism",
    });
    expect(gold({ solution: "B" })).toEqual({ ...none, text: "B" });
    expect(gold({ gold: null, gold_letter: null })).toEqual(none);
  });

  it("knows what the environment wrote by its spans alone", () => {
    const start = searched.indexOf("<retrieve>");
    const spans = [
      { kind: "query", start: 0, end: start },
      { kind: "environment", start, end: start + block.length },
    ];
    const { parts, flags } = read({ completion: searched, spans });
    expect([parts.found.length, parts.problems, flags]).toEqual([1, [], []]);
    const { parts: none } = read({ completion: searched, spans: [] });
    expect([none.found, none.answer]).toEqual([[], null]);
  });

  it("reads offsets of code points, as Python counts them", () => {
    const completion = `<think>🫁🫀</think>${searched}`;
    const start = [...completion.slice(0, completion.indexOf("<retrieve>"))].length;
    const spans = [{ kind: "environment", start, end: start + [...block].length }];
    expect(read({ completion, spans }, { offsets: "code-points" }).parts.problems).toEqual([]);
    expect(read({ completion, spans }).parts.problems).not.toEqual([]);
  });

  it("says where a block has no spans: it is the model's own, and its answer does not count", () => {
    const { parts, flags } = read({ completion: searched });
    expect([parts.found, parts.answer, flags]).toEqual([[], null, ["spans-missing"]]);
    expect(parts.problems.map(({ type }) => type)).toContain("fabricated-retrieval");
    expect(read({ completion: "<answer>B</answer>" }).flags).toEqual([]);
  });

  it("takes blocks behind queries for the environment's where the grammar was named, and says so", () => {
    const { parts, flags } = read({ completion: searched, grammar: "med-rwr" });
    expect([parts.found.length, parts.answer, flags]).toEqual([1, "B", ["spans-guessed"]]);
    const alone = read({ completion: `${block}<answer>B</answer>` }, { grammar: "med-rwr" });
    expect([alone.parts.found, alone.parts.answer]).toEqual([[], null]);
  });

  it("takes a block for the environment's where it says what was retrieved", () => {
    const own = read({ completion: searched, retrieved: [{ query: "embolism", documents }] });
    expect([own.parts.found.length, own.parts.answer, own.flags]).toEqual([1, "B", ["spans-matched"]]);
    const none = read({ completion: searched, retrieved: [], grammar: "med-rwr" });
    expect([none.parts.found, none.parts.answer]).toEqual([[], null]);
    const invented = searched.replace("blocks an artery", "is the right answer, option B, since it");
    expect(read({ completion: invented, retrieved: [documents] }).parts.answer).toBeNull();
  });

  it("reads a conversation: tools are the environment, what comes first is the prompt, calls are queries", () => {
    const call = { function: { name: "search", arguments: '{"query_list":["embolism","lung"]}' } };
    const messages = [
      { role: "user", content: "What is it? <answer>A</answer>" },
      {
        role: "assistant",
        content: [{ type: "text", text: "<think>Unclear.</think>" }],
        tool_calls: [call],
      },
      { role: "tool", content: "Doc 1 (Title: Lung) p<0.05 <answer>C</answer>" },
      { role: "assistant", content: "<think>Clear.</think><answer>B</answer>" },
    ];
    for (const item of [{ messages }, { completion: messages }, { completion: messages.slice(1) }]) {
      const { parts } = read(item);
      expect(parts.queries).toEqual(["embolism; lung"]);
      expect([parts.found.length, parts.answer]).toEqual([1, "B"]);
      expect(parts.problems).toEqual([]);
    }
  });

  it("reads log-probabilities by label, whatever the tokenizer puts before a letter", () => {
    const end = [
      { token: " A", logprob: -2 },
      { token: "ĠB", logprob: "-0.5" },
      { token: "▁B", logprob: -3 },
      { token: "The", logprob: -1 },
    ];
    const begin = { A: null, B: "-Infinity", C: "NaN" };
    const { measured } = read({
      completion: "",
      options: ["x", "y", "z"],
      logprobs: { begin, end },
    }).trajectory;
    expect(measured.optionsAfter).toEqual({ A: -2, B: -0.5 });
    expect(measured.optionsBefore).toEqual({ A: Number.NaN, B: -Infinity, C: Number.NaN });
  });

  it("says what is wrong with what is no item, with its id where it has one", () => {
    const invalid = (value: unknown) => readItem(value, {});
    expect(invalid(null)).toMatchObject({ type: "invalid", id: null });
    expect(invalid([])).toMatchObject({ type: "invalid", id: null });
    expect(invalid({ completion: "x" })).toMatchObject({
      id: null,
      reason: expect.stringMatching(/^The field id/),
    });
    expect(invalid({ id: 7, completion: 8 })).toMatchObject({
      id: "7",
      reason: expect.stringMatching(/completion/),
    });
    expect(invalid({ id: "a" })).toMatchObject({ id: "a", reason: expect.stringMatching(/neither/) });
  });

  it("never throws, whatever an item holds", () => {
    const pieces = fc.constantFrom(
      "<query>",
      "</query>",
      "<retrieve>",
      "</retrieve>",
      "<answer>",
      "\uD83E",
      "🫁",
      "x ",
    );
    const text = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(""));
    const span = fc.record({ kind: fc.constant("environment"), start: fc.double(), end: fc.double() });
    const item = fc.record(
      {
        id: fc.constant("one"),
        completion: text,
        spans: fc.option(fc.array(span, { maxLength: 3 })),
        retrieved: fc.array(text, { maxLength: 3 }),
        gold: fc.anything(),
        options: fc.anything(),
      },
      { requiredKeys: ["id", "completion"] },
    );
    fc.assert(
      fc.property(
        fc.oneof(item, fc.anything()),
        fc.constantFrom("utf-16", "code-points"),
        (value, offsets) => {
          const found = readItem(value, { offsets: offsets as "utf-16" });
          if (found.type === "trajectory") readTrajectory(found.trajectory);
        },
      ),
      { numRuns: 300 },
    );
  });
});
