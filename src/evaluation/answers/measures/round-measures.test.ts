import { describe, expect, it } from "vitest";
import type { Answer, RoundEvent } from "#contracts";
import type { AnsweredSample } from "../answer.ts";
import { makeAnswer } from "../test-scored.ts";
import { answerTermsFound } from "./answer-terms-found.ts";
import { citationPrecision } from "./citation-precision.ts";
import { citationRecall } from "./citation-recall.ts";
import { sourceRecall } from "./source-recall.ts";
import { sourceReciprocalRank } from "./source-reciprocal-rank.ts";
import { supportedClaims } from "./supported-claims.ts";

const base = { roundId: "r", at: 0, sequence: 0 };

type Sentence = {
  text: string;
  status: "supported" | "unsupported" | "not-checked";
  evidence?: number;
  cites?: number[];
};

/** The end of a round whose answer has these sentences. */
function finalEvent(given: readonly Sentence[], invented: number[] = []): RoundEvent {
  let end = 0;
  const sentences = given.map(({ text, status, evidence = null }) => {
    const start = end === 0 ? 0 : end + 1;
    end = start + text.length;
    const quote = { quote: null, quoteStart: null, quoteEnd: null };
    return { ...{ start, end, status, evidence, conflict: null, score: null }, ...quote };
  });
  const answer: Answer = {
    text: given.map(({ text }) => text).join(" "),
    ...{ choice: null, confidence: null, abstained: false, differential: [] },
    citations: given.flatMap(({ text, cites = [] }) =>
      cites.map((evidence) => ({ claim: text, evidence, quote: null, start: null, end: null })),
    ),
    grounding: { method: "lexical", judge: null, sentences, inventedCitations: invented },
  };
  return { ...base, type: "answer-final", answer };
}

function foundEvent(documents: readonly { id: string; text?: string; pmid?: string }[]): RoundEvent {
  return {
    ...{ ...base, type: "passages-retrieved", step: 0, call: "c", searched: 9 },
    evidence: documents.map(({ id, text = "", pmid }, index) => ({
      ...{ type: "passage" as const, number: index + 1, query: "q", score: 1 },
      passage: {
        ...{ id: `${id}#0`, corpus: "c", title: "", headings: [], text },
        source: { file: "f", document: id, start: 0, end: text.length },
        metadata: pmid === undefined ? {} : { pmid },
      },
    })),
  };
}

function answered(
  events: RoundEvent[] | null,
  given: Partial<AnsweredSample["sample"]> = {},
): AnsweredSample {
  return {
    sample: { id: "0", question: "q", options: [], gold: { type: "text", texts: ["x"] }, ...given },
    answer: makeAnswer({ events }),
    extraction: { state: "unparsed" },
  };
}

describe("measures of a round's answer", () => {
  const events = [
    finalEvent(
      [
        { text: "The lung is collapsed [1].", status: "supported", evidence: 1, cites: [1] },
        { text: "Air is outside [2][3].", status: "supported", evidence: 3, cites: [2, 3] },
        { text: "It is the left side.", status: "unsupported" },
        { text: "I am not sure.", status: "not-checked" },
      ],
      [9],
    ),
  ];

  it("tells the share of claiming sentences that the evidence bears", () => {
    expect(supportedClaims.measure(answered(events))).toBeCloseTo(2 / 3, 12);
  });

  it("counts citations that bear their sentence, and invented ones as wrong", () => {
    expect(citationPrecision.measure(answered(events))).toBeCloseTo(2 / 4, 12);
    expect(citationRecall.measure(answered(events))).toBeCloseTo(2 / 3, 12);
  });

  it("says why it cannot measure an answer that claims or cites nothing", () => {
    const silent = answered([finalEvent([{ text: "I cannot tell.", status: "not-checked" }])]);
    expect(supportedClaims.measure(silent)).toEqual({ missing: "The answer claims nothing." });
    expect(citationRecall.measure(silent)).toEqual({ missing: "The answer claims nothing." });
    expect(citationPrecision.measure(silent)).toEqual({ missing: "The answer cites nothing." });
  });

  it("does not apply where the round is not kept", () => {
    for (const { measure } of [supportedClaims, citationPrecision, citationRecall, answerTermsFound])
      expect(measure(answered(null))).toBeNull();
  });
});

describe("measures of what a round found", () => {
  const found = [
    foundEvent([{ id: "corpus:11" }, { id: "corpus:12", text: "Insulin comes from the pancreas." }]),
    foundEvent([{ id: "corpus:11" }, { id: "x", pmid: "77" }]),
  ];

  it("finds the documents that a question was written from, by their ids or PMIDs in any spelling", () => {
    const both = answered(found, { sources: ["77", "12"] });
    expect(sourceRecall.measure(both)).toBe(1);
    expect(sourceReciprocalRank.measure(both)).toBe(1 / 2);
    const one = answered(found, { sources: ["77", "78"] });
    expect(sourceRecall.measure(one)).toBe(0.5);
    // The document that came twice counts once.
    expect(sourceReciprocalRank.measure(one)).toBe(1 / 3);
    const none = answered(found, { sources: ["1"] });
    expect([sourceRecall.measure(none), sourceReciprocalRank.measure(none)]).toEqual([0, 0]);
    expect(sourceRecall.measure(answered(found))).toBeNull();
    const twice = answered(found, { sources: ["77", "pmid:77"] });
    expect(sourceRecall.measure(twice)).toBe(1);
  });

  it("counts a round that found nothing, and no prompt, which can find nothing", () => {
    const sample = { sources: ["77"] };
    expect(sourceRecall.measure(answered([], sample))).toBe(0);
    const prompted = { ...answered([], sample), answer: makeAnswer({ events: [], prompt: "Why?" }) };
    expect([sourceRecall, sourceReciprocalRank].map(({ measure }) => measure(prompted))).toEqual([
      null,
      null,
    ]);
  });

  it("finds the right answer's terms, but of no yes or no", () => {
    const options = [{ label: "A", text: "The pancreas and the liver" }];
    const gold = { type: "option", label: "A" } as const;
    expect(answerTermsFound.measure(answered(found, { options, gold }))).toBe(0.5);
    const closed = { options: [{ label: "A", text: "yes" }], gold };
    expect(answerTermsFound.measure(answered(found, closed))).toBeNull();
    const stops = answered(found, { gold: { type: "text", texts: ["?"] } });
    expect(answerTermsFound.measure(stops)).toEqual({ missing: "The right answer has no terms." });
  });
});
