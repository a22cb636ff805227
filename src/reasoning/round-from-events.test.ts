import { describe, expect, it } from "vitest";
import { medicalNotice, roundSchema } from "#contracts";
import { makeCase, makePassage, memoryLibrary } from "../../test/support/memory-library.ts";
import {
  answerOf,
  collectEvents,
  endOf,
  eventsOf,
  makeImage,
  makeRequest,
} from "../../test/support/rounds.ts";
import { runRound } from "./loop.ts";
import { reader } from "./policies/reader/reader.ts";
import { roundFromEvents } from "./round-from-events.ts";

const library = memoryLibrary({
  passages: [makePassage({ id: "mass", title: "Mass", text: "A mass is larger than three centimeters." })],
  cases: [{ case: makeCase({ id: "one", labels: { Mass: "present" } }), score: 0.9 }],
});

async function readRound(signal?: AbortSignal) {
  const question = { text: "How large is a mass?" };
  const images = [{ ...makeImage(), width: 64, height: 64 }];
  const given = { policy: reader, library, images, question };
  return collectEvents(runRound(makeRequest({ ...given, ...(signal ? { signal } : {}) })));
}

describe("a round from its events", () => {
  it("is a document that the contract accepts, with the answer, its evidence and the notice", async () => {
    const events = await readRound();
    const round = roundSchema.parse(roundFromEvents(events));
    const { text, ...answer } = answerOf(events);
    expect(round).toMatchObject({ ...answer, answer: text, outcome: "answered", notice: medicalNotice });
    expect(round).toMatchObject({
      id: "round-1",
      question: "How large is a mass?",
      model: { policy: "reader" },
    });
    expect(round.evidence.map(({ number, type }) => [number, type])).toEqual([
      [1, "case"],
      [2, "passage"],
    ]);
    expect(round.transcript).toEqual(endOf(events).transcript);
    expect(round.events).toEqual(events);
    expect(JSON.parse(JSON.stringify(round))).toEqual(round);
  });

  it("tells the times: of the whole, to the first evidence, and of each step", async () => {
    const events = await readRound();
    const { timings } = roundFromEvents(events);
    expect(timings.total).toBe(events.at(-1)?.at);
    expect(timings.firstEvidence).toBe(eventsOf(events, "cases-retrieved")[0]?.at);
    expect(timings.steps).toHaveLength(eventsOf(events, "step-start").length);
  });

  it("that failed abstains, without an answer and with what went wrong", async () => {
    const round = roundSchema.parse(roundFromEvents(await readRound(AbortSignal.abort())));
    expect(round).toMatchObject({
      outcome: "interrupted",
      answer: "",
      choice: null,
      confidence: null,
      abstained: true,
      evidence: [],
      failures: [{ code: "interrupted" }],
      timings: { firstEvidence: null, steps: [] },
    });
  });

  it("is refused without its beginning or its end", async () => {
    const events = await readRound();
    expect(() => roundFromEvents(events.slice(1))).toThrow(RangeError);
    expect(() => roundFromEvents(events.slice(0, -1))).toThrow(RangeError);
    expect(() => roundFromEvents([])).toThrow(RangeError);
  });
});
