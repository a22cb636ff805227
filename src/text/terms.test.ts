import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terms } from "./terms.ts";

describe("terms", () => {
  it.each([
    ["What are the treatments for pulmonary embolism?", ["treatment", "pulmonari", "embol"]],
    ["X-ray of a COVID-19 patient", ["x", "rai", "covid", "19", "patient"]],
    ["Sjögren's Syndrome, naïve", ["sjogren", "syndrom", "naiv"]],
    ["EF > 55%, K < 3.5 mmol/L", ["ef", "55", "k", "3", "5", "mmol", "l"]],
    ["no evidence, not seen", ["evid", "seen"]],
    ["The patient didn't improve", ["patient", "improv"]],
    ["metastasis metastases", ["metastas", "metastas"]],
    ["pneumothorax pneumothoraces", ["pneumothorax", "pneumothorax"]],
    ["ﬁbrosis ﬁbroses", ["fibros", "fibros"]],
    ["", []],
    ["the of and —", []],
  ])("of %j are %j", (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it("keeps repeats, in order", () => {
    expect(terms("heart, lung, Heart")).toEqual(["heart", "lung", "heart"]);
  });

  it("takes any text, and the same term for any letter case", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const term of terms(text)) expect(term).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
    expect(terms("FIBROSIS")).toEqual(terms("fibrosis"));
  });

  it("leaves a word that no language has as it is, at once", () => {
    const word = "sses".repeat(100_000);
    expect(terms(word)).toEqual([word]);
  });
});
