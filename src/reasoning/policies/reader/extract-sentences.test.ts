import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PassageEvidence } from "#contracts";
import { terms } from "#text";
import { makePassage } from "../../../../test/support/memory-library.ts";
import { extractSentences } from "./extract-sentences.ts";

function evidenceOf(...given: Parameters<typeof makePassage>[0][]): PassageEvidence[] {
  return given.map((one, index) => ({
    type: "passage",
    number: index + 1,
    query: "",
    score: 1,
    passage: makePassage(one),
  }));
}

function extract(passages: readonly PassageEvidence[], wanted: string, options: { about?: string } = {}) {
  return extractSentences({ passages, wanted: new Set(terms(wanted)), most: 3, ...options });
}

const effusion = {
  id: "effusion",
  title: "Pleural effusion",
  text: "Fluid collects in the pleural space. Blunting of the costophrenic angle is an early sign of fluid. The heart keeps its normal size.",
};

describe("extracted sentences", () => {
  it("are the passage's own text between their offsets", () => {
    const [first] = extract(evidenceOf(effusion), "blunting of the costophrenic angle");
    expect(first?.quote).toBe("Blunting of the costophrenic angle is an early sign of fluid.");
    expect(effusion.text.slice(first?.start, first?.end)).toBe(first?.quote);
  });

  it("come with the best first, and never more than asked for", () => {
    const passages = evidenceOf(effusion, {
      id: "edema",
      title: "Edema",
      text: "Kerley lines are a sign of edema. Fluid in the fissures comes later. Blunting may come with fluid in the pleural space.",
    });
    const wanted = new Set(terms("fluid blunting costophrenic"));
    const found = extractSentences({ passages, wanted, most: 2 });
    expect(found).toHaveLength(2);
    expect(found[0]?.quote).toContain("costophrenic");
    expect(found[0]?.score).toBeGreaterThan(found[1]?.score ?? 1);
  });

  it("pass over questions, references, fragments and endless sentences", () => {
    const passages = evidenceOf({
      id: "noise",
      text: `What causes a pneumothorax in adults? See also pneumothorax in the glossary. A pneumothorax. ${"A pneumothorax is long ".repeat(30)}end.`,
    });
    expect(extract(passages, "pneumothorax")).toEqual([]);
  });

  it("do not repeat each other", () => {
    const text = "A pneumothorax is air in the pleural space of the chest.";
    const passages = evidenceOf({ id: "one", text }, { id: "two", text: `Indeed ${text}` });
    expect(extract(passages, "pneumothorax air")).toHaveLength(1);
  });

  it("that hold nothing of what is wanted are not taken", () => {
    expect(extract(evidenceOf(effusion), "scoliosis")).toEqual([]);
    expect(extract([], "effusion")).toEqual([]);
  });

  it("count their headings: a sentence below the right heading beats the same words elsewhere", () => {
    const text = "The sign is seen at the lung base.";
    const passages = evidenceOf(
      { id: "other", title: "Atelectasis", text },
      { id: "asked", title: "Chest", headings: ["Effusion"], text },
    );
    expect(extract(passages, "effusion sign")[0]?.evidence.passage.id).toBe("asked");
  });
});

describe("sentences about a finding", () => {
  it("hold at least half of its name, in themselves or in their headings", () => {
    const passages = evidenceOf(
      { id: "own", text: "A pleural effusion blunts the angle early." },
      { id: "heading", title: "Pleural effusion", text: "Fluid gathers early near the angle." },
      { id: "none", text: "The angle is measured early in scoliosis." },
    );
    const found = extract(passages, "angle early", { about: "Pleural effusion" });
    expect(found.map(({ evidence }) => evidence.passage.id).sort()).toEqual(["heading", "own"]);
  });

  it("do not deny it", () => {
    const passages = evidenceOf({
      id: "denied",
      text: "There is no evidence of pneumonia in these lungs. Lobar consolidation suggests pneumonia in most adults.",
    });
    const found = extract(passages, "pneumonia lungs", { about: "Pneumonia" });
    expect(found.map(({ quote }) => quote)).toEqual([
      "Lobar consolidation suggests pneumonia in most adults.",
    ]);
  });
});

it("quotes exactly and in order of score, whatever the passages hold", () => {
  const word = fc.constantFrom(
    "effusion",
    "no",
    "fluid",
    "the",
    "lung",
    "A.",
    "e.g.",
    "\n\n",
    "- ",
    "?",
    "😀",
    ".",
  );
  const text = fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), fc.boolean(), (texts, about) => {
      const passages = evidenceOf(...texts.map((one, index) => ({ id: `${index}`, text: one })));
      const found = extract(passages, "effusion fluid lung", about ? { about: "effusion" } : {});
      expect(found.length).toBeLessThanOrEqual(3);
      for (const { evidence, quote, start, end, score } of found) {
        expect(evidence.passage.text.slice(start, end)).toBe(quote);
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    }),
    { numRuns: 100 },
  );
});
