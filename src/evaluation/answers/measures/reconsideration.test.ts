import { expect, it } from "vitest";
import type { RoundEvent } from "#contracts";
import type { AnsweredSample } from "../answer.ts";
import { makeAnswer } from "../test-scored.ts";
import { reconsideration } from "./reconsideration.ts";

const base = { roundId: "r", at: 0, sequence: 0 };

/** A round that may give its answer again, and whose right answer is B. */
function answered({
  said,
  again,
  rules = { top: 5, keep: "more-confident" as const },
  gold = { type: "option", label: "B" },
}: {
  said: string;
  again?: { first: string; kept: "first" | "second" };
  rules?: { top: number; keep: "more-confident" } | null;
  gold?: AnsweredSample["sample"]["gold"];
}): AnsweredSample {
  const start = { ...base, type: "round-start", rules: rules ? { reconsideration: rules } : {} };
  const told = again && {
    ...{ ...base, type: "answer-reconsidered", step: 1, kept: again.kept },
    ...{ first: { choice: again.first, confidence: 0.5 }, second: { choice: said, confidence: 0.9 } },
  };
  const events = [start, ...(told ? [told] : [])] as unknown as RoundEvent[];
  return {
    sample: { id: "0", question: "q", options: [], gold },
    answer: makeAnswer({ events }),
    extraction: { state: "parsed", rung: "strict", label: said, text: said },
  };
}

const measured = (sample: AnsweredSample) => reconsideration.map(({ measure }) => measure(sample));

it.each([
  ["not given again", { said: "B" }, [0, 1, 0]],
  ["mended", { said: "B", again: { first: "A", kept: "second" } }, [1, 0, 1]],
  ["spoiled", { said: "A", again: { first: "B", kept: "second" } }, [1, 1, -1]],
  ["kept", { said: "A", again: { first: "A", kept: "first" } }, [1, 0, 0]],
] as const)("tells of an answer that was %s what that did", (_, given, told) => {
  expect(measured(answered(given))).toEqual(told);
});

it("does not apply where answers stay as they are, to open questions, or where the round is not kept", () => {
  const none = [null, null, null];
  expect(measured(answered({ said: "B", rules: null }))).toEqual(none);
  expect(measured(answered({ said: "B", gold: { type: "text", texts: ["B"] } }))).toEqual(none);
  const unkept = answered({ said: "B" });
  expect(measured({ ...unkept, answer: makeAnswer() })).toEqual(none);
});
