import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentences } from "./sentences.ts";

const texts = (text: string) => sentences(text).map((sentence) => sentence.text);

describe("sentences", () => {
  it.each([
    ["The heart is normal. The lungs are clear.", ["The heart is normal.", "The lungs are clear."]],
    ["Ask the Dr. On call. Stable.", ["Ask the Dr. On call.", "Stable."]],
    ["See Fig. 2 and Fig. A for details.", ["See Fig. 2 and Fig. A for details."]],
    ["Use a diuretic, e.g. Furosemide. Recheck.", ["Use a diuretic, e.g. Furosemide.", "Recheck."]],
    ["Late, i.e. Monday. Done.", ["Late, i.e. Monday.", "Done."]],
    ["Atelectasis vs. Pneumonia. Correlate.", ["Atelectasis vs. Pneumonia.", "Correlate."]],
    ["It is approx. 3 cm wide. Stable.", ["It is approx. 3 cm wide.", "Stable."]],
    ["An effusion. 3 of the 11 agree.", ["An effusion.", "3 of the 11 agree."]],
    ["Mean 2.5 mm, max. 4.1 mm. 2 nodules.", ["Mean 2.5 mm, max. 4.1 mm.", "2 nodules."]],
    ["Bed No. 12 is free. Good.", ["Bed No. 12 is free.", "Good."]],
    ["Any effusion? No. The heart is large.", ["Any effusion?", "No.", "The heart is large."]],
    ["At St. Mary's hospital. Stable.", ["At St. Mary's hospital.", "Stable."]],
    ["As shown by Kish et al. Weights matter.", ["As shown by Kish et al. Weights matter."]],
    ["Compare cf. Table 2. Done.", ["Compare cf. Table 2.", "Done."]],
    ["Written by E. B. Wilson. Reviewed.", ["Written by E. B. Wilson.", "Reviewed."]],
    ["Positive for hepatitis C. The liver is firm.", ["Positive for hepatitis C.", "The liver is firm."]],
    ["Give Vitamin D. The dose is low.", ["Give Vitamin D.", "The dose is low."]],
    ["A 2.5 cm nodule, p < 0.05. Stable.", ["A 2.5 cm nodule, p < 0.05.", "Stable."]],
    ["1. No acute disease. 2. Old fracture.", ["1. No acute disease.", "2. Old fracture."]],
    ["Heading\n\nText one.", ["Heading", "Text one."]],
    ["Wrapped\nline. Next\r\none.", ["Wrapped\nline.", "Next\r\none."]],
    ["Findings:\n- nodule\n- effusion\n* cyst", ["Findings:", "nodule", "effusion", "cyst"]],
    ["Comparison: None\nIndication: cough", ["Comparison: None", "Indication: cough"]],
    ["Fever, ? pneumonia. Cough.", ["Fever, ? pneumonia.", "Cough."]],
    ["", []],
    [" \n\n \t", []],
  ])("splits %j", (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it("has exact offsets, in order, and loses nothing but white space and bullets", () => {
    const part = fc.constantFrom(
      "Dr. ",
      "No. ",
      "A. ",
      "one ",
      "Two.",
      "\n",
      "\r\n",
      "\n\n",
      "- ",
      "? ",
      "3.5",
      "İ",
      "\u2028",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part, { maxLength: 40 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (source) => {
        let last = 0;
        let gaps = "";
        for (const { start, end, text: sentence } of sentences(source)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(source.slice(start, end)).toBe(sentence);
          expect(sentence).toBe(sentence.trim());
          expect(sentence).not.toBe("");
          gaps += source.slice(last, start);
          last = end;
        }
        expect((gaps + source.slice(last)).replace(/[-*•–]/g, "").trim()).toBe("");
      }),
    );
  });

  it("takes linear time for hostile text", () => {
    const start = performance.now();
    for (const unit of ["\n", " \n", "A.", "? ", "- ", "a. ", "1. ", "A: \n"])
      sentences(unit.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});
