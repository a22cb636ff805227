import { terms } from "#text";
import { writeClaims } from "./claims.ts";
import { type Findings, quoteLibrary, type ReaderAnswer } from "./findings.ts";
import { subjectTerms } from "./subject.ts";
import { weighTerms } from "./term-weights.ts";

/**
 * Answers a question without an image by sentences of the library. Confidence is the share of the question's subject,
 * weighted by rarity among the passages, that the best cited passage holds in its headings and text.
 */
export function answerText(findings: Findings): ReaderAnswer {
  const { question, passages, confidenceThreshold } = findings;
  const claims = quoteLibrary(findings);
  const texts = passages.map(({ passage: { title, headings, text } }) => {
    return new Set(terms([title, ...headings, text].join(" ")));
  });
  const weights = weighTerms(texts);
  const subject = subjectTerms(question);
  const confidence =
    claims.length === 0 ? 0 : Math.max(...texts.map((text) => weights.coverage(subject, text)));
  const abstained = claims.length === 0 || confidence < confidenceThreshold;
  const lead =
    claims.length === 0
      ? "The library holds nothing on this question."
      : "The library does not answer this question; the nearest it has is quoted.";
  return {
    answer: {
      ...writeClaims(abstained ? lead : "", claims),
      choice: null,
      confidence,
      abstained,
      differential: [],
    },
    confidenceMethod: "share of the question's subject, weighted by rarity, that the best passage covers",
  };
}
