import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChoice, readChoice } from "./choice.ts";

const options = [
  { label: "A", text: "Pneumonia" },
  { label: "B", text: "Pulmonary embolism" },
  { label: "C", text: "Embolism" },
  { label: "D", text: "Aortic dissection" },
];

describe("parseChoice", () => {
  it.each([
    ["B", "B"],
    ["b", "B"],
    [" B \n", "B"],
    ["B.", "B"],
    ["B)", "B"],
    ["(B)", "B"],
    ["[B]", "B"],
    ["B:", "B"],
    ["**B**", "B"],
    ["**(B)**", "B"],
    ["`B`", "B"],
    ['"B"', "B"],
    ["Option B", "B"],
    ["option b", "B"],
    ["Answer: B", "B"],
    ["Answer: b", "B"],
    ["Answer = (B)", "B"],
    ["**Answer:** B", "B"],
    ["Final answer: B", "B"],
    ["The answer is B.", "B"],
    ["The correct answer is option (B).", "B"],
    ["The answer is most likely B, because of the filling defect.", "B"],
    ["The answer is **B. Pulmonary embolism**", "B"],
    ["The answer is B pulmonary embolism", "B"],
    ["I would choose B because of the filling defect.", "B"],
    ["Option A is incorrect. Option B is correct.", "B"],
    ["Not option A, but option B.", "B"],
    ["B is correct.", "B"],
    ["There is a filling defect, therefore B is the best choice.", "B"],
    ["B. Pulmonary embolism", "B"],
    ["b. pulmonary embolism", "B"],
    ["B) Pulmonary embolism", "B"],
    ["(B) Pulmonary embolism", "B"],
    ["B: Pulmonary embolism", "B"],
    ["B - Pulmonary embolism", "B"],
    ["**B. Pulmonary embolism**", "B"],
    ["B.Pulmonary embolism", "B"],
    ["B. because of the filling defect", "B"],
    ["\\boxed{B}", "B"],
    ["So it is $\\boxed{\\text{B}}$.", "B"],
    ["Therefore \\boxed{B. Pulmonary embolism} holds.", "B"],
    ["The film shows a defect.\nB", "B"],
    ["B\nThe film shows a defect.", "B"],
    ["The film shows a defect.\n\nAnswer:\nB", "B"],
    ["A filling defect is seen (B)", "B"],
    ["pulmonary embolism", "B"],
    ["Pulmonary Embolism.", "B"],
    ["The image shows a pulmonary embolism on the left.", "B"],
    ["Embolism of a coronary artery", "C"],
    ["Pulmonary embolism rather than pneumonia", "B"],
    ["It is not pneumonia but aortic dissection", "D"],
    ["Aortic dissection, not pneumonia", "D"],
    ["It is unlikely to be pneumonia. It shows an aortic dissection.", "D"],
    ["It does not appear to be pneumonia; aortic dissection.", "D"],
    ["It isn't an embolism, it's pneumonia", "A"],
    ["None fits, but it would be **B: Pulmonary embolism**, as pneumonia is rarer.", "B"],
    ["The answer is B rather than A", "B"],
    ["The correct answer is A, not B.", "A"],
    ["B, not A", "B"],
    ["<b>B</b>", "B"],
    ["答案是B", "B"],
    ["答案: (B)。", "B"],
    ["故选B。", "B"],
    ["选项B是正确的", "B"],
    ["【B】", "B"],
    ["B。", "B"],
    ["Antwort: B", "B"],
    ["Die Antwort ist B.", "B"],
    ["La réponse est (B).", "B"],
    ["Respuesta: B", "B"],
    ["pulmonary-embolism", "B"],
    ["pneumonia is ruled out; the film shows aortic dissection", "D"],
  ])("reads %j as %s", (answer, label) => {
    expect(parseChoice(answer, options)).toBe(label);
  });

  it.each([
    [""],
    ["   "],
    ["Based on the image, this is normal."],
    ["Because of this"],
    ["A nodule is seen."],
    ["A small nodule"],
    ["Answer: a nodule"],
    ["The answer is A nodule."],
    ["The answer is not B."],
    ["B or C"],
    ["B, C"],
    ["B and D"],
    ["The answer is B or C."],
    ["The answer is B/C"],
    ["Option B, or possibly option D"],
    ["A. Pneumonia\nB. Pulmonary embolism"],
    ["Pneumonia and aortic dissection"],
    ["It is not pneumonia."],
    ["It is unlikely to be the pneumonia."],
    ["It would be A: Pneumonia or B: Pulmonary embolism."],
    ["Not A: Pneumonia"],
    ["B. Pneumonia"],
    ["C. difficile colitis"],
    ["E"],
    ["Hepatitis B is the most likely diagnosis"],
    ["The answer is not (B)"],
    ["I don't think the answer is B"],
    ["I doubt that the correct answer is B."],
    ["The answer is A or possibly C"],
    ["B seems wrong."],
    ["Option B can be excluded."],
    ['{"A": 0.1, "B": 0.9}'],
    ["A: no, B: yes"],
    ["答案不是B"],
    ["不选B"],
    ["排除选项B"],
    ["选项B是错误的"],
    ["答案是A和B"],
    ["Die Antwort ist nicht B."],
    ["no evidence of pneumonia"],
    ["No radiographic signs of a pneumonia"],
    ["absence of pneumonia"],
    ["negative for pneumonia"],
    ["Pneumonia is absent"],
    ["Pneumonia is clearly unlikely"],
    ["Pneumonia is not the diagnosis."],
    ["Pneumonia can be ruled out"],
    ["non-pneumonia"],
    ["Pneumonia-like shadows"],
    ["Vitamin D deficiency"],
    ["Abcd"],
  ])("finds no choice in %j", (answer) => {
    expect(parseChoice(answer, options)).toBeNull();
  });

  it.each([
    ["yes", "yes"],
    ["Yes.", "yes"],
    ["Yes, there is no doubt.", "yes"],
    ["No evidence was found, so the answer is yes.", "yes"],
    ["The answer is maybe", "maybe"],
    ["Maybe: the trial was small.", "maybe"],
    ["not known", null],
  ])("reads %j among yes, no, maybe as %s", (answer, label) => {
    const words = ["yes", "no", "maybe"].map((word) => ({ label: word, text: word }));
    expect(parseChoice(answer, words)).toBe(label);
  });

  it.each([
    ["1", "1"],
    ["10", "10"],
    ["Option 10", "10"],
    ["1.5 cm nodule", null],
    ["2. A nodule", "2"],
    ["a nodule (1)", null],
  ])("reads %j among numbers as %s", (answer, label) => {
    const numbers = ["1", "2", "10"].map((number) => ({ label: number, text: `class ${number}` }));
    expect(parseChoice(answer, numbers)).toBe(label);
  });

  it("prefers an option's text to a label that it begins with", () => {
    const bacteria = [
      { label: "B", text: "E. coli" },
      { label: "E", text: "Staphylococcus aureus" },
    ];
    expect(parseChoice("E. coli", bacteria)).toBe("B");
    expect(parseChoice("E. coli infection", bacteria)).toBe("B");
    expect(parseChoice("E. Staphylococcus aureus", bacteria)).toBe("E");
  });

  it("cannot choose between options of the same text, and needs options", () => {
    const twins = ["A", "B"].map((label) => ({ label, text: "Normal" }));
    expect(parseChoice("Normal", twins)).toBeNull();
    expect(parseChoice("The film is normal today", twins)).toBeNull();
    expect(parseChoice("B", twins)).toBe("B");
    expect(parseChoice("B", [])).toBeNull();
    expect(parseChoice("", [{ label: "", text: "" }])).toBeNull();
  });

  it("reads an option's number as a whole number", () => {
    const sizes = [
      { label: "A", text: "25" },
      { label: "B", text: "12.5" },
    ];
    expect(parseChoice("about 12.5 mm", sizes)).toBe("B");
    expect(parseChoice("about 1.25 mm", sizes)).toBeNull();
  });

  it.each([
    ["Gleason 3 and Gleason 4", ["Gleason 3", "Gleason 4"], null],
    ["Gleason 3+4", ["Gleason 3", "Gleason 4"], null],
    ["Gleason grade 3 or 5", ["Gleason grade 3", "Gleason grade 4"], null],
    ["Gleason grade 3, 40 % of it", ["Gleason grade 3", "Gleason grade 4"], "A"],
    ["Stage I-II", ["Stage I", "Stage II"], null],
    ["Stage I disease", ["Stage I", "Stage II"], "A"],
    ["2 or 10", ["2", "10"], null],
    ["1/2", ["1", "2"], null],
    ["1.2", ["1", "2"], null],
    ["There are 2 nodules", ["1", "2"], "B"],
    ["The tumor is non-viable tumor.", ["Viable tumor", "Stroma"], null],
    ["non tumor", ["Non-tumor", "Tumor"], "A"],
    ["inflammation and necrosis", ["inflammation & necrosis", "bone"], "A"],
    ["Yes.\nNo.", ["yes", "no"], null],
    ["A. no", ["yes", "no"], null],
    ["normal-appearing", ["normal", "tumor"], null],
  ])("reads %j among %j as %s", (answer, texts, label) => {
    const given = texts.map((text, index) => ({ label: "AB"[index]!, text }));
    expect(parseChoice(answer, given)).toBe(label);
  });

  it("gives a label of the options or null, for any answer and options", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("A", "a", "(", "\\", "B. ", "is"),
    );
    const anyOptions = fc.array(fc.record({ label: text, text }), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(text).map((parts) => parts.join(" ")),
        anyOptions,
        (answer, given) => {
          const choice = parseChoice(answer, given);
          if (choice !== null) expect(given.map(({ label }) => label)).toContain(choice);
        },
      ),
    );
  });

  it("takes linear time for hostile answers", () => {
    const start = performance.now();
    for (const unit of [
      "answer is ",
      "A. ",
      " ",
      "\n",
      "(",
      "\\boxed{",
      "\\text{",
      "embolism ",
      "B or ",
      '"',
      "answer: the ",
      "not ",
      "A: pneumonia ",
      "A)",
    ]) {
      parseChoice(unit.repeat(50_000), options);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("readChoice", () => {
  it.each([
    ["B", { label: "B", by: "label" }],
    ["I think it is B: pulmonary embolism", { label: "B", by: "label" }],
    ["Pulmonary embolism", { label: "B", by: "text" }],
    ["It shows a pulmonary embolism", { label: "B", by: "text" }],
    ["It shows nothing", null],
  ])("tells whether %j names an option by label or text", (answer, choice) => {
    expect(readChoice(answer, options)).toEqual(choice);
  });
});

describe("defects of the released Med-RwR rewards", () => {
  it("defect 13: B), B: and (B) are the choice B", () => {
    expect(["B)", "B:", "(B)"].map((answer) => parseChoice(answer, options))).toEqual(["B", "B", "B"]);
  });

  it("defect 9: an answer with line breaks is read", () => {
    expect(parseChoice("\nB.\nPulmonary embolism\n", options)).toBe("B");
  });

  it("defect 3: the period of a label does not cut its option off", () => {
    expect(parseChoice("B. Pulmonary embolism", options)).toBe("B");
  });
});
