import { expect, it } from "vitest";
import type { ScoredSample } from "../answer.ts";
import { figureOf, makeAnswer, makeChoice } from "../test-scored.ts";
import { abstentionRate } from "./abstention-rate.ts";
import { accuracy } from "./accuracy.ts";
import { answeredAccuracy } from "./answered-accuracy.ts";
import { exactMatch } from "./exact-match.ts";
import { executionAccuracy } from "./execution-accuracy.ts";
import { failureRate } from "./failure-rate.ts";
import { refusalRate } from "./refusal-rate.ts";
import { unanswerableF1 } from "./unanswerable-f1.ts";
import { unparsedRate } from "./unparsed-rate.ts";
import { yesNoAccuracy } from "./yes-no-accuracy.ts";

const right = makeChoice({ gold: 0, said: 0 }, { sample: "right" });
const unparsed = makeChoice({ gold: 0, said: null }, { sample: "unparsed" });
const refused: ScoredSample = { ...unparsed, sample: "refused", extraction: { state: "refused" } };
const abstained = makeChoice(
  { gold: 0, said: null },
  { sample: "abstained", answer: makeAnswer({ abstained: true }) },
);
const failed: ScoredSample = { ...right, sample: "failed", extraction: null, answer: null, correct: null };
const all = [right, unparsed, refused, abstained, failed];

it("counts unparsed, refused and abstained answers as wrong, and failed samples not at all", () => {
  expect(figureOf(accuracy, all)).toBe(0.25);
});

it("tells how many answers are right of those that say something", () => {
  expect(figureOf(answeredAccuracy, all)).toBe(1);
  expect(figureOf(answeredAccuracy, [...all, makeChoice({ gold: 0, said: 1 })])).toBe(0.5);
  expect(figureOf(answeredAccuracy, [abstained, failed])).toBeUndefined();
});

it("tells the shares of answers that say nothing, each under one head, of those that were given", () => {
  expect(figureOf(unparsedRate, all)).toBe(0.25);
  expect(figureOf(refusalRate, all)).toBe(0.25);
  expect(figureOf(abstentionRate, all)).toBe(0.25);
});

it("tells the share of samples that failed, of all", () => {
  expect(figureOf(failureRate, all)).toBe(0.2);
});

it("takes yes-or-no questions apart, whatever their order and case", () => {
  const closed = { ...right, labels: ["A", "B"], texts: ["No", "yes"] };
  expect(figureOf(yesNoAccuracy, [closed, unparsed])).toBe(1);
  expect(figureOf(yesNoAccuracy, [right])).toBeUndefined();
});

it("takes open questions and questions on records apart", () => {
  const open: ScoredSample = { ...right, gold: { type: "text", texts: ["x"] }, correct: 0 };
  const rows: ScoredSample = { ...right, gold: { type: "rows", rows: [[1]] }, correct: 1 };
  expect(figureOf(exactMatch, [open, right])).toBe(0);
  expect(figureOf(executionAccuracy, [rows, open])).toBe(1);
  expect(figureOf(executionAccuracy, [open])).toBeUndefined();
});

it("tells how well unanswerable questions are told from others", () => {
  const gold = { type: "unanswerable" } as const;
  const caught = { ...abstained, gold };
  const missed = { ...right, gold };
  // One caught of two, and one false alarm: precision and recall are both one half.
  expect(figureOf(unanswerableF1, [caught, missed, refused, right])).toBe(0.5);
  expect(figureOf(unanswerableF1, [right])).toBeUndefined();
});
