import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/support/hostile-text.ts";
import { writeTranscript } from "../../../test/support/worked-cases.ts";
import { rewards } from "./components/list.ts";
import type { RewardProfile } from "./profile.ts";
import { rewardProfiles } from "./profiles/list.ts";
import { readTrajectory } from "./read-trajectory.ts";
import { scoreTrajectories } from "./score.ts";
import type { Trajectory } from "./trajectory.ts";

const everything: RewardProfile = {
  name: "everything",
  version: 1,
  about: "Every reward at once.",
  components: rewards.map((reward) => ({ reward, weight: 1 })),
};

const makeTrajectory = (transcript: Trajectory["transcript"]): Trajectory => ({
  id: "one",
  question: "What is it?",
  options: [
    { label: "A", text: "Pneumonia" },
    { label: "B", text: "Pulmonary embolism" },
  ],
  gold: { label: "B", aliases: ["PE"], entities: [], sources: ["p1"] },
  transcript,
  retrieved: [],
  images: 1,
  measured: {
    optionsBefore: { A: -1, B: -1 },
    optionsAfter: { A: -2, B: -0.1 },
    imageSimilarity: [0.2],
    ratings: { answer: 1 },
  },
});
const good = makeTrajectory(writeTranscript('think · ask "embolism" · find "None" · think · answer "B"'));
const constant = (name: string, value: number | null): RewardProfile["components"][number]["reward"] => ({
  name,
  about: "",
  read: () => ({ value }),
});
const failing = {
  ...constant("failing", 0),
  read: () => {
    throw new Error("no");
  },
};
const profileOf = (...components: RewardProfile["components"]): RewardProfile => ({
  name: "test",
  version: 1,
  about: "",
  components,
});
const scoreOf = (profile: RewardProfile, trajectory = good) => scoreTrajectories(profile, [trajectory])[0]!;

describe("a total", () => {
  it("is the weighted sum of what applies", () => {
    const profile = profileOf(
      { reward: constant("one", 2), weight: 3 },
      { reward: constant("two", null), weight: 100 },
      { reward: constant("three", -1), weight: 0.5 },
    );
    const score = scoreOf(profile);
    expect(score.total).toBe(5.5);
    expect(score.components.two).toEqual({ value: null, weight: 100, applicable: false });
  });

  it("is null where nothing applies, or only what has no weight", () => {
    expect(scoreOf(profileOf({ reward: constant("one", null), weight: 1 })).total).toBeNull();
    expect(scoreOf(profileOf({ reward: constant("one", 1), weight: 0 })).total).toBeNull();
  });

  it("is bounded by the profile", () => {
    const bounded = { ...profileOf({ reward: constant("one", 7), weight: 1 }), bound: () => 3 };
    expect(scoreOf(bounded).total).toBe(3);
  });

  it("is never infinite, NaN or minus zero", () => {
    const huge = { reward: constant("one", Number.MAX_VALUE), weight: 10 };
    expect(scoreOf(profileOf(huge)).total).toBeNull();
    const broken = scoreOf(profileOf({ reward: constant("one", Number.NaN), weight: 1 }));
    expect(broken).toMatchObject({
      total: null,
      flags: ["not-finite"],
      components: { one: { value: null } },
    });
    expect(Object.is(scoreOf(profileOf({ reward: constant("one", -0), weight: 1 })).total, 0)).toBe(true);
  });
});

describe("scoring a batch", () => {
  it("goes on where a reward or a trajectory is broken", () => {
    const broken = { id: "broken" } as Trajectory;
    const profile = profileOf({ reward: constant("one", 1), weight: 1 }, { reward: failing, weight: 1 });
    const [first, second, third] = scoreTrajectories(profile, [good, broken, good]);
    expect(second).toEqual({ id: "broken", total: null, components: {}, flags: ["trajectory-unreadable"] });
    expect(first).toEqual(third);
    expect(first).toMatchObject({ total: 1, flags: ["reward-failed"] });
  });

  it.each([
    ['think · answer "A or B"', "no-choice"],
    ['think · answer "A" · answer "B"', "several-answers"],
    ["think", "no-answer"],
    ['think · ask "x" · invent "y" · answer "B"', "fabricated-retrieval"],
  ])("flags %s as %s", (written, flag) => {
    expect(scoreOf(everything, makeTrajectory(writeTranscript(written))).flags).toContain(flag);
  });

  it("flags nothing of a good transcript", () => {
    expect(scoreOf(everything).flags).toEqual([]);
  });
});

const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, -1e9, 1, -0.5, 0));
const piece = fc.oneof(
  hostileText,
  fc.constantFrom("<think>", "</think>", "<query>", "</query>", "<retrieve>", "</retrieve>", "<answer>"),
  fc.constantFrom("</answer>", "A", "B.", "(B)", "Pulmonary embolism", "<|begin_of_query|>", "<search>"),
);
const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));
const measuredOptions = fc.option(fc.dictionary(fc.constantFrom("A", "B", "b", "C", ""), number), {
  nil: undefined,
});
const anyTrajectory: fc.Arbitrary<Trajectory> = fc.record({
  id: text,
  question: text,
  options: fc.array(fc.record({ label: fc.constantFrom("A", "B", "", "yes"), text }), { maxLength: 4 }),
  gold: fc.record({
    label: fc.option(fc.oneof(text, fc.constantFrom("A", "b", "B. x")), { nil: undefined }),
    text: fc.option(text, { nil: undefined }),
    aliases: fc.array(text, { maxLength: 2 }),
    entities: fc.array(text, { maxLength: 2 }),
    sources: fc.array(text, { maxLength: 2 }),
  }),
  transcript: fc.record({
    text,
    environment: fc.array(fc.record({ start: number, end: number }), { maxLength: 4 }),
    grammar: fc.constantFrom("med-rwr", "search-r1", "r1-searcher", "unknown"),
  }),
  retrieved: fc.array(
    fc.record({
      query: text,
      documents: fc.array(fc.record({ id: text, title: text, text }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  images: fc.nat(2),
  measured: fc.record({
    optionsBefore: measuredOptions,
    optionsAfter: measuredOptions,
    imageSimilarity: fc.option(fc.array(number, { maxLength: 3 }), { nil: undefined }),
    ratings: fc.option(fc.dictionary(fc.constantFrom("answer", "coherence"), number), { nil: undefined }),
  }),
});

describe("a score of any trajectory", () => {
  it("is finite or null, the same each time, and no reward fails or gives what is not finite", () => {
    fc.assert(
      fc.property(anyTrajectory, (trajectory) => {
        for (const profile of [everything, ...rewardProfiles]) {
          const score = scoreOf(profile, trajectory);
          expect(score.flags).not.toContain("trajectory-unreadable");
          expect(score.flags).not.toContain("reward-failed");
          expect(score.flags).not.toContain("not-finite");
          for (const { value } of [...Object.values(score.components), { value: score.total }]) {
            if (value !== null && !Number.isFinite(value)) expect.fail(`${value}`);
          }
          expect(scoreOf(profile, trajectory)).toEqual(score);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("leaves its input as it is", () => {
    fc.assert(
      fc.property(anyTrajectory, (trajectory) => {
        const before = structuredClone(trajectory);
        scoreOf(everything, trajectory);
        expect(trajectory).toEqual(before);
      }),
    );
  });

  it.each([
    ["words", "pulmonary embolism "],
    ["openers", "<query>"],
    ["blocks", "<query>x</query><retrieve>y</retrieve>"],
    ["queries", "<query>pain</query>"],
    ["answers", "<answer>A or B</answer>"],
    ["letters in an answer", "B, "],
    ["braces", '{"rag":'],
    ["brackets", "[[[[["],
    ["spaces", "  \n"],
    ["articles", "the a an "],
    ["accents", "é̂̈"],
    ["minus signs", "-−"],
    ["one word", "x"],
  ])("takes linear time for a megabyte of %s", (_, unit) => {
    const makeText = (size: number) => `<think>x</think><answer>${unit.repeat(size / unit.length)}</answer>`;
    for (const open of [false, true]) {
      const content = makeText(1_000_000);
      const transcript = {
        text: open ? content.slice("<think>x</think><answer>".length, -"</answer>".length) : content,
        environment: [],
      };
      const began = performance.now();
      scoreOf(everything, makeTrajectory(transcript));
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });

  it("takes linear time for a hundred thousand spans", () => {
    const environment = Array.from({ length: 100_000 }, (_, index) => ({
      start: index * 2,
      end: index * 2 + 1,
    }));
    const began = performance.now();
    scoreOf(everything, makeTrajectory({ text: "x".repeat(200_000), environment }));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("what the model wrote", () => {
  it("is without the environment's text, by spans that make sense", () => {
    const environment = [
      { start: Number.NaN, end: 3 },
      { start: 2, end: 4 },
      { start: 3, end: 6 },
      { start: 9, end: 100 },
    ];
    const { modelText } = readTrajectory(makeTrajectory({ text: "0123456789", environment }));
    expect(modelText).toBe("01678");
  });
});
