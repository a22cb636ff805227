import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { climbLadder } from "./ladder.ts";

const options = [
  { label: "A", text: "Pneumonia" },
  { label: "B", text: "Pulmonary embolism" },
  { label: "C", text: "Embolism" },
  { label: "D", text: "Aortic dissection" },
];

/** "strict B", "unparsed", "refused". */
function shown(output: string, given = options): string {
  const extraction = climbLadder(output, given);
  return extraction.state === "parsed" ? `${extraction.rung} ${extraction.label}` : extraction.state;
}

describe("the table of answers that every ladder must have an outcome for", () => {
  it.each([
    ["B", "tolerant B"],
    ["B.", "tolerant B"],
    ["(B)", "tolerant B"],
    ["**B**", "tolerant B"],
    ["B: text", "tolerant B"],
    ["Option B", "tolerant B"],
    ["The answer is B.", "tolerant B"],
    ["ANSWER: A\nNo, wait.\nANSWER: B", "strict B"],
    ["Based on the image, the vessels are widened.", "unparsed"],
    ["A 45-year-old man with chest pain.", "unparsed"],
    ["A and C", "unparsed"],
    ["Aortic dissection", "option-text D"],
    ["Pulmonary embolism", "option-text B"],
    ["Embolism", "option-text C"],
    ["", "unparsed"],
    ["I'm sorry, but I can't help with medical images.", "refused"],
    ["<think>A or B? There is a defect.</think>B", "tolerant B"],
    ["<think>B</think>", "tolerant B"],
    ["E", "unparsed"],
    ["ANSWER: E", "unparsed"],
    ["b", "tolerant B"],
    ["Ｂ", "tolerant B"],
    ["<answer>A</answer> No: <answer>B</answer>", "strict B"],
  ])("reads %j as %s", (output, outcome) => {
    expect(shown(output)).toBe(outcome);
  });
});

describe("strict", () => {
  it.each([
    ["<answer>B</answer>", "strict B"],
    ["<answer> b </answer>", "strict B"],
    ["<ANSWER>B</ANSWER>", "strict B"],
    ["<answer>B. Pulmonary embolism</answer>", "strict B"],
    ["<answer>(B)</answer>", "strict B"],
    ["<answer>The answer is B.</answer>", "strict B"],
    ["<answer>B", "strict B"],
    ["<think>A or C.</think>\n<answer>B</answer>", "strict B"],
    ["<think>A or C.\n<answer>B</answer>", "strict B"],
    ["<think>first <answer>A</answer></think><answer>B</answer>", "strict B"],
    ["ANSWER: B", "strict B"],
    ["Answer: B", "strict B"],
    ["answer: b", "strict B"],
    ["Answer = B", "strict B"],
    ["ANSWER：Ｂ", "strict B"],
    ["**Answer:** B", "strict B"],
    ["**Answer: B**", "strict B"],
    ["### Answer: (B)", "strict B"],
    ["> Answer: B", "strict B"],
    ["Final answer: B", "strict B"],
    ["The correct answer: B", "strict B"],
    ["Answer: Option B", "strict B"],
    ["Answer: B. Pulmonary embolism", "strict B"],
    ["Answer: B - a defect is seen", "strict B"],
    ["Answer: \\boxed{B}", "strict B"],
    ["Answer:\nB", "strict B"],
    ["Answer: B\nBecause option C is too vague.", "strict B"],
    ["Option A is tempting.\nAnswer: B", "strict B"],
    ["Answer: B\n\nAnswer:", "strict B"],
    ["<answer>A</answer>\nANSWER: B", "strict B"],
    ['{"reason": "Option A is rare.", "answer": "B"}', "strict B"],
    ['{"step_by_step_thinking": "A or C", "answer_choice": "B"}', "strict B"],
    ['{"final_answer": "B. Pulmonary embolism"}', "strict B"],
    ['{"answer_choice": "B', "strict B"],
    ["{'answer': 'B', 'why': 'a \"defect\"'}", "strict B"],
  ])("reads %j as %s", (output, outcome) => {
    expect(shown(output)).toBe(outcome);
  });

  it.each([
    ["<answer>Pulmonary embolism</answer>", "option-text B"],
    ["Answer: pulmonary embolism", "option-text B"],
    ["Option B.\n<answer>a nodule</answer>", "unparsed"],
    ["Option B.\n<answer></answer>", "unparsed"],
    ["Option B.\nAnswer: none of them", "unparsed"],
    ["Option B.\nAnswer: E", "unparsed"],
    ["<answer>B or C</answer>", "unparsed"],
    ["<answer>A, C</answer>", "unparsed"],
    ["Answer: B and D", "unparsed"],
    ["Answer: a nodule", "unparsed"],
    ["Answer: let me see.\nA defect. So option B.", "tolerant B"],
    ["Answer: most likely B.", "tolerant B"],
    ["<answer>I cannot answer this.</answer>", "refused"],
  ])("takes the marked answer alone: %j is %s", (output, outcome) => {
    expect(shown(output)).toBe(outcome);
  });
});

describe("tolerant", () => {
  it.each([
    [" B\n", "tolerant B"],
    ["B)", "tolerant B"],
    ["[B]", "tolerant B"],
    ["`B`", "tolerant B"],
    ["$\\boxed{B}$", "tolerant B"],
    ["（Ｂ）", "tolerant B"],
    ["\u200bB\u200b", "tolerant B"],
    ["\ufeffB", "tolerant B"],
    ["\u202eB", "tolerant B"],
    ["B. Pulmonary embolism", "tolerant B"],
    ["**B: Pulmonary embolism**", "tolerant B"],
    ["b) pulmonary embolism", "tolerant B"],
    ["I choose B.", "tolerant B"],
    ["I would go with option (B).", "tolerant B"],
    ["The correct option is B", "tolerant B"],
    ["The most likely answer is:\n\nB", "tolerant B"],
    ["The most likely answer is:\n\n**B: Pulmonary embolism**\n", "tolerant B"],
    ["Based on the film, the answer is **B**.", "tolerant B"],
    ["Based on the film, it is most likely **B: Pulmonary embolism**.", "tolerant B"],
    ["Based on the film, it shows an embolism.\n\nB", "tolerant B"],
    ["None fits. If I had to choose, it would be B: Pulmonary embolism.", "tolerant B"],
    ["Not pneumonia (A). Therefore, the answer is B.", "tolerant B"],
    ["I cannot be sure, but the best answer is B.", "tolerant B"],
    ["I'm sorry, but I can't see it well. Answer B.", "tolerant B"],
    ["<thinking>Is it A?</thinking>\n\nOption B", "tolerant B"],
    ["Is it A? Or C?</think>B", "tolerant B"],
    ["<think>one</think><think>two</think>B", "tolerant B"],
    ["<think>outer <think>inner</think> A</think>B", "tolerant B"],
    ["A defect is seen (B)", "tolerant B"],
    ["D", "tolerant D"],
    ["a", "tolerant A"],
  ])("reads %j as %s", (output, outcome) => {
    expect(shown(output)).toBe(outcome);
  });
});

describe("option text", () => {
  it.each([
    ["pneumonia", "option-text A"],
    ["Pneumonia.", "option-text A"],
    ['"Pneumonia"', "option-text A"],
    ["It shows a pulmonary embolism.", "option-text B"],
    ["There is an embolism of an artery.", "option-text C"],
    ["Aortic dissection, type A", "option-text D"],
    ["Not pneumonia, but an aortic dissection.", "option-text D"],
    ["It is unlikely to be pneumonia: an aortic dissection.", "option-text D"],
    ["Ｐneumonia", "option-text A"],
    ["AORTIC DISSECTION", "option-text D"],
  ])("reads %j as %s", (output, outcome) => {
    expect(shown(output)).toBe(outcome);
  });
});

describe("unparsed", () => {
  it.each([
    ["   \n"],
    ["."],
    ["?"],
    ["A or B"],
    ["A/B"],
    ["A, B and C"],
    ["Either B or D."],
    ["A. Pneumonia\nB. Pulmonary embolism"],
    ["Pneumonia or aortic dissection"],
    ["It is not pneumonia."],
    ["It is unlikely to be pneumonia."],
    ["None of the above."],
    ["A nodule is seen."],
    ["An effusion."],
    ["Because the vessels are widened"],
    ["Certainly!"],
    ["Dilated vessels"],
    ["B. Pneumonia"],
    ["F"],
    ["(E)"],
    ["The answer is E."],
    ["5"],
    ["AB"],
    ["Hepatitis B"],
    ["Vitamin D is low"],
    ["Grade C"],
    ["The answer is not B."],
    ["<think>It may be B, as there is a defect."],
    ["<think>It may be B.</think>"],
    ["Неясно"],
  ])("names no option in %j", (output) => {
    expect(shown(output)).toBe("unparsed");
  });
});

describe("refused", () => {
  it.each([
    ["I can't help with that."],
    ["I cannot assist with this request."],
    ["I’m unable to provide a diagnosis."],
    ["I am not able to interpret medical images."],
    ["As an AI language model, I cannot diagnose pneumonia."],
    ["Sorry, I can't help with images of people yet."],
    ["I can't process this file."],
    ["I'm sorry, but without the image provided I cannot say."],
    ["Cannot determine the answer"],
    ["It is impossible to determine the features. I cannot provide a definitive answer."],
    ["No image was provided."],
    ["There is no image attached, so I cannot tell whether it is pneumonia."],
    ["I won't provide medical advice; pneumonia needs a doctor."],
    ["Unable to determine from the given film."],
    ["I must decline to answer."],
  ])("sees that %j declines to answer", (output) => {
    expect(shown(output)).toBe("refused");
  });
});

describe("climbLadder", () => {
  it("takes the answer to an open question as it stands, or from where it is marked", () => {
    expect(climbLadder("<think>Hm.</think> Left lower lobe. ", [])).toEqual({
      ...{ state: "parsed", rung: "tolerant", label: null, text: "Left lower lobe." },
    });
    expect(climbLadder("It is left.\nAnswer: left lower lobe", [])).toMatchObject({
      ...{ rung: "strict", label: null, text: "left lower lobe" },
    });
    expect(climbLadder("<answer></answer>", [])).toEqual({ state: "unparsed" });
    expect(climbLadder("I cannot help with that.", [])).toEqual({ state: "refused" });
  });

  it("gives the option's own label and text", () => {
    const letters = [..."ABCDEFGHIJKLM"].map((label) => ({ label, text: `class ${label}` }));
    expect(climbLadder("m", letters)).toEqual({
      ...{ state: "parsed", rung: "tolerant", label: "M", text: "class M" },
    });
    expect(
      shown(
        "yes, it is",
        [..."yn"].map((label) => ({ label, text: label === "y" ? "yes" : "no" })),
      ),
    ).toBe("option-text y");
  });

  const pieces = [
    ...["A", "b", "(", ")", ".", "\n", " ", "<answer>", "</answer>", "<think>", "</think>", "Answer: ", "\\"],
    ...[
      '{"answer": "',
      '"',
      "Pneumonia",
      "is",
      "not",
      "I cannot",
      "sorry",
      "Ｂ",
      "\u200b",
      "\\boxed{",
      "option",
    ],
  ];
  it("never throws and gives no label beyond the options, for any output and options", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom(...pieces));
    const output = fc.array(text, { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(output, fc.array(fc.record({ label: text, text }), { maxLength: 5 }), (written, given) => {
        const extraction = climbLadder(written, given);
        if (extraction.state !== "parsed") return;
        if (given.length === 0) expect(extraction.label).toBeNull();
        else expect(given.map(({ label }) => label)).toContain(extraction.label);
      }),
      { numRuns: 500 },
    );
  });

  it("takes linear time: a megabyte of any of these in seconds", () => {
    const start = performance.now();
    for (const piece of [...pieces, "Answer:\n", "I can't ", "<answer>A", "**", "it is impossible to a"]) {
      climbLadder(piece.repeat(Math.ceil(1_000_000 / piece.length)), options);
    }
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
