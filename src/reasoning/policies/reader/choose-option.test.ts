import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseEvidence, DifferentialEntry, LabelStatus, PassageEvidence } from "#contracts";
import { makeCase, makePassage } from "../../../../test/support/memory-library.ts";
import { findAskedLabel, weighOptions } from "./choose-option.ts";
import { formDifferential } from "./differential.ts";

function casesOf(...labels: Record<string, LabelStatus>[]): CaseEvidence[] {
  return labels.map((one, index) => ({
    type: "case",
    number: index + 1,
    query: "all images",
    score: 0.9,
    case: makeCase({ id: `case-${index + 1}`, labels: one }),
  }));
}

function passagesOf(...texts: string[]): PassageEvidence[] {
  return texts.map((text, index) => ({
    type: "passage",
    number: index + 1,
    query: "",
    score: 1,
    passage: makePassage({ id: `passage-${index + 1}`, text }),
  }));
}

const letters = ["A", "B", "C", "D", "E"];

function weigh(given: {
  question?: string;
  options: string[];
  cases?: CaseEvidence[];
  passages?: PassageEvidence[];
}): Record<string, number> {
  const { question = "", cases = [], passages = [] } = given;
  const options = given.options.map((text, index) => ({ label: letters[index] ?? "", text }));
  const entries = weighOptions({ question, options, cases, passages, differential: formDifferential(cases) });
  expect(entries.map(({ label }) => label)).toEqual(options.map(({ label }) => label));
  return Object.fromEntries(entries.map(({ label, probability }) => [label, probability]));
}

describe("options weighed by similar cases", () => {
  const mass = casesOf({ Mass: "present" }, { Mass: "present" }, { Edema: "present" });

  it("take the probability of the label that they name, normalized with a prior: worked by hand", () => {
    // p(Mass) = 2.5 / 4, p(Edema) = 1.5 / 4, none for the third; 0.02 each; 0.8 of that and 0.2 of an even third.
    const found = weigh({ options: ["Mass", "Edema", "Scoliosis"], cases: mass });
    const total = 0.625 + 0.375 + 0.06;
    expect(found.A).toBeCloseTo((0.8 * 0.645) / total + 0.2 / 3, 9);
    expect(found.B).toBeCloseTo((0.8 * 0.395) / total + 0.2 / 3, 9);
    expect(found.C).toBeCloseTo((0.8 * 0.02) / total + 0.2 / 3, 9);
  });

  it("find a label by its words, in either direction and any case", () => {
    const found = weigh({ options: ["A large mass of the left lung", "Scoliosis"], cases: mass });
    expect(found.A).toBeGreaterThan(found.B ?? 1);
    const longer = casesOf({ "Pleural effusion": "present" }, { "Pleural effusion": "present" });
    const named = weigh({ options: ["scoliosis", "EFFUSION"], cases: longer });
    expect(named.B).toBeGreaterThan(named.A ?? 1);
  });

  it("that deny a label take its complement", () => {
    const found = weigh({ options: ["Mass", "No mass"], cases: mass });
    const total = 0.625 + 0.375 + 0.04;
    expect(found.A).toBeCloseTo((0.8 * 0.645) / total + 0.1, 9);
    expect(found.B).toBeCloseTo((0.8 * 0.395) / total + 0.1, 9);
  });

  it("match the label No finding, which denies nothing but itself", () => {
    const normal = casesOf({ "No finding": "present" }, { "No finding": "present" });
    const found = weigh({ options: ["Pneumonia", "No finding"], cases: normal });
    expect(found.B).toBeGreaterThan(0.7);
  });

  it("read yes and no by the label that the question asks for", () => {
    const question = "Is there an edema?";
    const found = weigh({ question, options: ["Yes", "No"], cases: mass });
    const total = 0.375 + 0.625 + 0.04;
    expect(found.A).toBeCloseTo((0.8 * 0.395) / total + 0.1, 9);
    expect(found.B).toBeCloseTo((0.8 * 0.645) / total + 0.1, 9);
    const about = weigh({ question: "Is there a mass?", options: ["yes", "no"], cases: mass });
    expect(about.A).toBeGreaterThan(about.B ?? 1);
  });

  it("leave yes and no open where the question asks for no label that the cases carry", () => {
    const found = weigh({ question: "Is there a fracture?", options: ["Yes", "No"], cases: mass });
    expect(found).toEqual({ A: 0.5, B: 0.5 });
  });
});

describe("options weighed by passages", () => {
  const passages = passagesOf(
    "Blunting of the costophrenic angle is the earliest sign of effusion.",
    "A deep sulcus in a supine patient is a sign of pneumothorax.",
  );

  it("are chosen by the passage that holds both the question's subject and the option", () => {
    const question = "Which condition blunts the costophrenic angle?";
    const found = weigh({ question, options: ["Pneumothorax", "Effusion"], passages });
    expect(found.B).toBeGreaterThan(0.9);
    const other = weigh({
      question: "In which condition is there a deep sulcus?",
      options: ["Pneumothorax", "Effusion"],
      passages,
    });
    expect(other.A).toBeGreaterThan(0.9);
  });

  it("are even where no passage holds any of them", () => {
    const found = weigh({ question: "Which sign?", options: ["Scoliosis", "Goiter"], passages });
    expect(found).toEqual({ A: 0.5, B: 0.5 });
  });

  it("are even, with an interval that says nothing, where nothing was found", () => {
    const options = letters.slice(0, 4).map((label) => ({ label, text: `Option ${label}` }));
    const entries = weighOptions({ question: "Why?", options, cases: [], passages: [], differential: [] });
    for (const entry of entries) expect(entry).toMatchObject({ probability: 0.25, interval: [0, 1] });
  });
});

it("gives probabilities that sum to 1 within their intervals' bounds, whatever is asked", () => {
  const text = fc.oneof(
    fc.constantFrom("Mass", "No mass", "Edema", "yes", "no", "Yes ", "Mass and edema", "", "the"),
    fc.string(),
  );
  const status = fc.constantFrom<LabelStatus>("present", "absent", "uncertain");
  fc.assert(
    fc.property(
      fc.record({
        question: text,
        options: fc.array(text, { minLength: 2, maxLength: 5 }),
        cases: fc.array(fc.dictionary(fc.constantFrom("Mass", "Edema", "No finding"), status), {
          maxLength: 4,
        }),
        passages: fc.array(text, { maxLength: 3 }),
      }),
      ({ question, options, cases, passages }) => {
        const found = weigh({
          question,
          options,
          cases: casesOf(...cases),
          passages: passagesOf(...passages),
        });
        const values = Object.values(found);
        for (const probability of values) {
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      },
    ),
    { numRuns: 150 },
  );
});

describe("the label that a question asks for", () => {
  const entry = (label: string): DifferentialEntry => ({ label, probability: 0.5, interval: [0, 1] });

  it("is named by the question in all its words", () => {
    const differential = [entry("Pleural effusion"), entry("Cardiomegaly")];
    expect(findAskedLabel("Is cardiomegaly present?", differential)?.label).toBe("Cardiomegaly");
    expect(findAskedLabel("Are pleural effusions seen?", differential)?.label).toBe("Pleural effusion");
    expect(findAskedLabel("Is there a pericardial effusion?", differential)).toBeUndefined();
  });

  it("is the most probable where the question names several", () => {
    const differential = [entry("Mass"), entry("Edema")];
    expect(findAskedLabel("Edema or mass?", differential)?.label).toBe("Mass");
  });

  it("is never one that only asks, such as No finding", () => {
    expect(findAskedLabel("What findings are seen?", [entry("No finding")])).toBeUndefined();
  });
});
