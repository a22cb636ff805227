import { describe, expect, it } from "vitest";
import { cleanSentences } from "./sentence-rules.ts";

const clean = (entry: string) => cleanSentences(entry, { id: "a1b2c3d4-row" });

describe("cleanSentences", () => {
  it.each([
    "Ampicillin clears the chronic carrier state of Salmonella Typhi.",
    "Vitamin A deficiency causes night blindness.",
    "Hepatitis B surface antigen appears before symptoms.",
    "The treatment of choice for scabies is permethrin cream.",
    "Surgery is the best option for acute appendicitis.",
    "Patients with this disease develop a rash, and a 2.5 cm node is common.",
    "Grade 3 tumors recur in 40% of patients.",
    "Type A behavior was once linked to heart disease.",
  ])("keeps %j", (sentence) => {
    expect(clean(sentence)).toEqual([{ text: sentence }]);
  });

  it.each([
    ["Option B is wrong because penicillin is cheaper.", "answer"],
    ["The answer is ampicillin in this setting.", "answer"],
    ["Ans. is A since it works.", "answer"],
    ["The correct answer concerns the liver.", "answer"],
    ["B) Rifampicin colors the urine orange.", "answer"],
    ["All the other options cause diarrhea.", "answer"],
    ["Ref: a textbook of medicine, chapter 4.", "citation"],
    ["Harrison, 20th edition, lists four causes of it.", "citation"],
    ["The sign was described by others et al. in old papers.", "citation"],
    ["The table on page 123 lists the causes.", "citation"],
    ["More is found at https://example.org/liver today.", "citation"],
    ["Which drug is used in scabies?", "question"],
    ["Question 12 concerns the liver and spleen.", "question"],
    ["The row a1b2c3d4-row speaks of the liver.", "question"],
    ["This patient has signs of heart failure.", "one-patient"],
    ["A 45-year-old man with chest pain needs an ECG.", "one-patient"],
    ["The given image shows a consolidated lobe.", "one-patient"],
    ["It is caused by a lack of thiamine.", "not-stand-alone"],
    ["Cirrhosis, as shown above, causes ascites.", "not-stand-alone"],
    ["None of the above causes jaundice in adults.", "not-stand-alone"],
    ["Rest and ice.", "fragment"],
    ["12 34 56 78 90", "fragment"],
    [`Fever ${"and fever ".repeat(50)}follow.`, "too-long"],
  ])("leaves out %j: %s", (sentence, refusal) => {
    expect(clean(sentence)).toEqual([{ refusal }]);
  });

  it("takes reference marks out, makes white space single and puts a period at the end", () => {
    expect(clean("Scabies  itches\nat night [3, 4] (Ref. dermatology)")).toEqual([
      { text: "Scabies itches at night." },
    ]);
    expect(clean("The half-life of digoxin is 36 hours [12].")).toEqual([
      { text: "The half-life of digoxin is 36 hours." },
    ]);
  });

  it("judges each sentence of an entry alone", () => {
    expect(clean("Gout is a crystal arthritis. It affects the toe.")).toEqual([
      { text: "Gout is a crystal arthritis." },
      { refusal: "not-stand-alone" },
    ]);
    expect(clean("  ")).toEqual([]);
  });
});
