import { describe, expect, it } from "vitest";
import type { Answer } from "#contracts";
import { makeCase, makePassage, memoryLibrary } from "../../../test/support/memory-library.ts";
import { answerOf, collectEvents, makeImage, makeRequest } from "../../../test/support/rounds.ts";
import { runRound } from "../loop.ts";
import { reader } from "../policies/reader/reader.ts";
import { groundQuotes } from "./ground-quotes.ts";

const text = "Fluid collects.\nBlunting of the costophrenic angle is an early sign of a pleural effusion.";
const passage = makePassage({ id: "a", title: "Pleural effusion", text });
const found = { case: makeCase({ id: "one", labels: { "Pleural effusion": "present" } }), score: 0.9 };

describe("the reader's answer", () => {
  it("is supported by its quotes and its votes, and its conclusion is not checked", async () => {
    const library = memoryLibrary({
      passages: [passage],
      cases: [found, { ...found, case: { ...found.case, id: "two" } }],
    });
    const images = [{ ...makeImage(), width: 64, height: 64 }];
    const question = { text: "What sign does the costophrenic angle give?" };
    const answer = answerOf(
      await collectEvents(runRound(makeRequest({ policy: reader, question, images, library }))),
    );
    const { method, sentences, inventedCitations } = answer.grounding ?? {};
    expect(method).toBe("quoted");
    expect(inventedCitations).toEqual([]);
    const supported = sentences?.filter(({ status }) => status === "supported") ?? [];
    expect(supported.length).toBe(new Set(answer.citations.map(({ claim }) => claim)).size);
    expect(supported.length).toBeGreaterThan(1);
    expect(sentences?.filter(({ status }) => status === "unsupported")).toEqual([]);
    expect(sentences?.some(({ status }) => status === "not-checked")).toBe(true);
    for (const { quote, quoteStart, quoteEnd } of supported) {
      if (quote !== null) expect(text.slice(quoteStart ?? 0, quoteEnd ?? 0)).toBe(quote);
    }
  });

  it("is unsupported where a quote is not what the evidence says", () => {
    const claim = "Fluid never collects.";
    const citations = [{ claim, evidence: 1, quote: "Fluid collects.", start: 0, end: 15 }];
    const answer: Answer = {
      text: `${claim} [1]`,
      choice: null,
      confidence: 1,
      abstained: false,
      differential: [],
      citations,
    };
    const evidence = [{ type: "passage" as const, number: 1, query: "", score: 1, passage }];
    expect(groundQuotes({ answer, evidence, options: [] }).sentences).toMatchObject([
      { status: "unsupported", score: 0 },
    ]);
  });
});
