import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseEvidence, LabelStatus, PassageEvidence } from "#contracts";
import { wilsonInterval } from "#statistics";
import { makeCase, makePassage } from "../../../../test/support/memory-library.ts";
import { weighOptions } from "./choose-option.ts";
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
  for (const { probability, interval } of entries) {
    expect(interval[0]).toBeLessThanOrEqual(probability);
    expect(interval[1]).toBeGreaterThanOrEqual(probability);
  }
  return Object.fromEntries(entries.map(({ label, probability }) => [label, probability]));
}

describe("options weighed by similar cases", () => {
  const mass = casesOf({ Mass: "present" }, { Mass: "present" }, { Edema: "present" });

  it("take the probability of the label that they name, whatever the others are: worked by hand", () => {
    // p(Mass) = 2.5 / 4, p(Edema) = 1.5 / 4, 0.02 for what no label names; even passages take nothing away.
    const found = weigh({ options: ["Mass", "Edema", "Scoliosis"], cases: mass });
    expect(found.A).toBeCloseTo(0.625 / 1.02, 9);
    expect(found.B).toBeCloseTo(0.375 / 1.02, 9);
    expect(found.C).toBeCloseTo(0.02 / 1.02, 9);
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
    expect(found.A).toBeCloseTo(0.625, 9);
    expect(found.B).toBeCloseTo(0.375, 9);
  });

  it("match the label No finding, which denies nothing but itself", () => {
    const normal = casesOf({ "No finding": "present" }, { "No finding": "present" });
    const found = weigh({ options: ["Pneumonia", "No finding"], cases: normal });
    expect(found.B).toBeGreaterThan(0.7);
  });

  it("keep the vote's own interval at Kish's sample size", () => {
    const differential = formDifferential(mass);
    const options = ["Mass", "No mass"].map((text, index) => ({ label: letters[index] ?? "", text }));
    const [affirmed, denied] = weighOptions({
      ...{ question: "", options, differential, cases: mass, passages: [] },
    });
    const [low, high] = wilsonInterval({ proportion: 2 / 3, sampleSize: 3 });
    expect(affirmed?.interval).toEqual([low, high]);
    expect(denied?.interval).toEqual([1 - high, 1 - low]);
  });

  it("lose at most a fifth to passages that speak for another, and gain nothing", () => {
    const passages = passagesOf("Edema of the lung is fluid in its tissue.");
    const found = weigh({ options: ["Mass", "Edema"], cases: mass, passages });
    expect(found.A).toBeGreaterThanOrEqual(0.8 * 0.625);
    expect(found.A).toBeLessThan(0.51);
    expect(found.B).toBeCloseTo(0.375, 9);
  });
});

describe("the share of what no option names", () => {
  // Wᵢ are equal: p(Effusion) = 5.5 / 12, p(Nodule) = 3.5 / 12, p(No finding) = 3.5 / 12.
  const chest = casesOf(
    ...Array.from({ length: 5 }, () => ({ "Pleural effusion": "present" as const })),
    ...Array.from({ length: 3 }, () => ({ "Lung nodule": "present" as const })),
    ...Array.from({ length: 3 }, () => ({ "No finding": "present" as const })),
  );
  const options = ["Lung nodule", "Aortic dissection", "Scoliosis"];

  it("is not given to the options: none is stated above its own vote", () => {
    const found = weigh({ options, cases: chest });
    expect(found.A).toBeCloseTo(3.5 / 12, 9);
    expect(found.B).toBeCloseTo(0.02, 9);
  });

  it("goes to the option none of the above", () => {
    for (const text of ["None of these", "None of the above", "Something else"]) {
      const found = weigh({ options: [...options, text], cases: chest });
      expect(found.A).toBeCloseTo(3.5 / 12, 9);
      expect(found.D).toBeCloseTo(5.5 / 12, 9);
    }
  });

  it("weighs against options where votes add up to more than 1", () => {
    const both = casesOf(
      ...Array.from({ length: 3 }, () => ({ Mass: "present", Edema: "present" }) as const),
    );
    const found = weigh({ options: ["Mass", "Scoliosis"], cases: both });
    expect(found.A).toBeCloseTo(0.875 / (0.875 + 0.875 + 0.02), 9);
  });

  it("is not taken for a denial: an unlikely denial stays unlikely beside options that nothing speaks for", () => {
    const carcinoma = casesOf(
      ...Array.from({ length: 11 }, () => ({ "Squamous cell carcinoma": "present" }) as const),
    );
    const found = weigh({ options: ["No squamous cell carcinoma", "Carcinoma in situ"], cases: carcinoma });
    expect(found.A).toBeCloseTo(0.5 / 12, 9);
    expect(found.B).toBeLessThan(0.05);
  });

  it("does not weigh against yes and no", () => {
    const question = "Is there a lung nodule?";
    const found = weigh({ question, options: ["Yes", "No"], cases: chest });
    expect(found.A).toBeCloseTo(3.5 / 12, 9);
    expect(found.B).toBeCloseTo(8.5 / 12, 9);
  });
});

describe("labels and options that deny", () => {
  const healthy = casesOf(...Array.from({ length: 20 }, () => ({ "No tumor": "present" }) as const));
  const free = 20.5 / 21;

  it.each([
    ["Is there a tumor?", ["Yes", "No"], [1 - free, free]],
    ["Is there no tumor?", ["Yes", "No"], [free, 1 - free]],
    ["What is shown?", ["Tumor", "Healthy mucosa"], [1 - free, 0.02]],
    ["What is shown?", ["Tumor", "No tumor"], [1 - free, free]],
    ["What is shown?", ["No_Tumor", "tumor"], [free, 1 - free]],
    ["Is there a tumor?", ["Present", "Absent"], [1 - free, free]],
  ])("%s %j are read by the label No tumor", (question, options, expected) => {
    const found = Object.values(weigh({ question, options, cases: healthy }));
    expect(found).toEqual(expected.map((value) => expect.closeTo(value, 9)));
  });

  it("count an explicit denial: No is likely where every case denies", () => {
    const denied = casesOf(...Array.from({ length: 20 }, () => ({ Tumor: "absent" }) as const));
    const found = weigh({ question: "Is there a tumor?", options: ["Yes", "No"], cases: denied });
    expect(found.B).toBeCloseTo(free, 9);
  });
});

describe("options that only judge", () => {
  const mass = casesOf({ Mass: "present" }, { Mass: "present" }, { Mass: "present" }, { Edema: "present" });
  const [likely, unlikely] = [0.7, 0.3];

  it.each([
    ["Is there a mass?", ["Yes", "No"], likely],
    ["Is there a mass?", ["Yes, there is", "No, there is not"], likely],
    ["Is a mass present?", ["True", "False"], likely],
    ["A mass is present.", ["True", "False"], likely],
    ["Is there a mass?", ["Present", "Absent"], likely],
    ["Is there no mass?", ["Yes", "No"], unlikely],
    ["Is there no mass?", ["Present", "Absent"], likely],
    ["Is a mass absent?", ["Yes", "No"], unlikely],
    ["Can a mass be excluded?", ["Yes", "No"], unlikely],
    ["Does a mass cause edema?", ["Yes", "No"], 0.5],
    ["Is there a fracture?", ["Yes", "No"], 0.5],
  ])("%s %j", (question, options, first) => {
    const found = weigh({ question, options, cases: mass });
    expect(found.A).toBeCloseTo(first, 9);
    expect(found.B).toBeCloseTo(1 - first, 9);
  });

  it("judge normality by the label that nothing was found", () => {
    const normal = casesOf({ "No finding": "present" }, { "No finding": "present" }, { Mass: "present" });
    const ask = (question: string) => weigh({ question, options: ["Yes", "No"], cases: normal }).A;
    expect(ask("Is it normal?")).toBeCloseTo(0.625, 9);
    expect(ask("Is this chest X-ray abnormal?")).toBeCloseTo(0.375, 9);
    const found = weigh({ question: "What is it?", options: ["Abnormal", "Normal"], cases: normal });
    expect(found).toEqual({ A: expect.closeTo(0.375, 9), B: expect.closeTo(0.625, 9) });
  });
});

describe("options weighed by passages", () => {
  const passages = passagesOf(
    "Blunting of the costophrenic angle is the earliest sign of effusion.",
    "A deep sulcus in a supine patient is a sign of pneumothorax.",
  );

  // Of such answers to exam questions two in three are right, so none is stated as all but certain.
  it("are chosen by the sentence that holds both the question's subject and the option", () => {
    const question = "Which condition blunts the costophrenic angle?";
    const found = weigh({ question, options: ["Pneumothorax", "Effusion"], passages });
    expect(found.B).toBeGreaterThan(2 / 3);
    const other = weigh({
      question: "In which condition is there a deep sulcus?",
      options: ["Pneumothorax", "Effusion"],
      passages,
    });
    expect(other.A).toBeGreaterThan(2 / 3);
  });

  it("take 3 e² for their logits: worked by hand", () => {
    // "condition" is in no passage and has log(1 + 2 / ½), the others are in one each and have log(1 + 2 / 1½).
    const question = "Which condition blunts the costophrenic angle?";
    const { B } = weigh({ question, options: ["Pneumothorax", "Effusion"], passages });
    const [absent, single] = [Math.log(5), Math.log(7 / 3)];
    const evidence = (3 * single) / (3 * single + absent);
    expect(B).toBeCloseTo(1 / (1 + Math.exp(-3 * evidence ** 2)), 9);
  });

  it("are turned round where the question asks for what is not so", () => {
    const question = "All of these blunt the costophrenic angle, except:";
    const found = weigh({ question, options: ["Pneumothorax", "Effusion"], passages });
    expect(found.A).toBeGreaterThan(0.7);
  });

  it("gain little by words that the passage has in different sentences", () => {
    const apart = passagesOf("Blunting of the costophrenic angle is a sign. The next page is on effusion.");
    const question = "Which condition blunts the costophrenic angle?";
    const found = weigh({ question, options: ["Pneumothorax", "Effusion"], passages: apart });
    expect(found.B).toBeLessThan(0.55);
  });

  it("are about what the headings of a sentence name", () => {
    const passage = makePassage({ id: "one", title: "Effusion", text: "Blunts the costophrenic angle." });
    const headed: PassageEvidence[] = [{ type: "passage", number: 1, query: "", score: 1, passage }];
    const question = "Which condition blunts the costophrenic angle?";
    const found = weigh({ question, options: ["Pneumothorax", "Effusion"], passages: headed });
    expect(found.B).toBeGreaterThan(0.6);
  });

  it("are even where no passage holds any of them", () => {
    const found = weigh({ question: "Which sign?", options: ["Scoliosis", "Goiter"], passages });
    expect(found).toEqual({ A: 0.5, B: 0.5 });
  });

  it("are even, with an interval that says nothing, where nothing was found", () => {
    const options = letters.slice(0, 4).map((label) => ({ label, text: `Option ${label}` }));
    const entries = weighOptions({
      ...{ question: "Why?", options, cases: [], passages: [], differential: [] },
    });
    for (const entry of entries) expect(entry).toMatchObject({ probability: 0.25, interval: [0, 1] });
  });
});

it("gives probabilities within their intervals that sum to at most 1, whatever is asked", () => {
  const text = fc.oneof(
    fc.constantFrom(
      "Mass",
      "No mass",
      "Is there no mass?",
      "yes",
      "no",
      "Absent",
      "Mass and edema",
      "None of these",
      "",
      "the",
    ),
    fc.string(),
  );
  const status = fc.constantFrom<LabelStatus>("present", "absent", "uncertain");
  fc.assert(
    fc.property(
      fc.record({
        question: text,
        options: fc.array(text, { minLength: 2, maxLength: 5 }),
        cases: fc.array(fc.dictionary(fc.constantFrom("Mass", "Edema", "No finding", "No mass"), status), {
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
        expect(values.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1 + 1e-9);
      },
    ),
    { numRuns: 150 },
  );
});
