import { describe, expect, it } from "vitest";
import { saysNothingFound, saysSomethingFound, subjectQuery, subjectTerms } from "./subject.ts";

describe("the subject of a question", () => {
  it("is its words without those that only ask", () => {
    expect(
      subjectQuery("Which finding does this chest X-ray show, and what points to pleural effusion?"),
    ).toBe("chest pleural effusion");
  });

  it("keeps words as they are written, hyphens, apostrophes and accents included", () => {
    expect(subjectQuery("What is Sjögren’s syndrome, or COVID-19?")).toBe("Sjögren’s syndrome COVID-19");
  });

  it.each(["", "   ", "What does the image show?", "Describe this X-ray.", "???"])(
    "is empty where a question only asks: %j",
    (question) => expect(subjectQuery(question)).toBe(""),
  );

  it("has the same terms as the query that it makes", () => {
    const question = "Does the slide show evidence of metastases in lymph nodes?";
    expect(subjectTerms(subjectQuery(question))).toEqual(subjectTerms(question));
  });
});

describe("a label that says that nothing was found", () => {
  it.each([
    "No Finding",
    "no_finding",
    "Normal",
    " none ",
    "No acute abnormality",
    "Unremarkable",
    "no findings",
    "Normal chest",
    "Healthy tissue",
  ])("is known: %j", (label) => expect(saysNothingFound(label)).toBe(true));

  it.each(["Nodule", "Normal pressure hydrocephalus", "No pneumonia", "", "Abnormality"])(
    "is not mistaken: %j",
    (label) => expect(saysNothingFound(label)).toBe(false),
  );
});

it("knows an option that says something was found, and not what", () => {
  expect(["Abnormal", " any finding "].map(saysSomethingFound)).toEqual([true, true]);
  expect(["Abnormal aorta", "Normal", ""].map(saysSomethingFound)).toEqual([false, false, false]);
});
