import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TokenLogprob } from "../ports.ts";
import { type OptionProbabilities, readOptionProbabilities } from "./option-probabilities.ts";
import { makeTokens } from "./test-tokens.ts";

const options = [
  { label: "A", text: "Pneumothorax" },
  { label: "B", text: "Embolism" },
  { label: "C", text: "Effusion" },
];

function read(
  pieces: readonly string[],
  given: {
    decisive: number;
    top: Record<string, number>;
    choice?: string;
    text?: string;
    answer?: string;
    options?: typeof options;
  },
): OptionProbabilities | undefined {
  const { text = pieces.join(""), choice = "B" } = given;
  const answer = given.answer ?? text;
  const start = text.lastIndexOf(answer);
  return readOptionProbabilities({
    tokens: makeTokens(pieces, given),
    text,
    answer: { start, end: start + answer.length },
    options: given.options ?? options,
    choice,
  });
}

const shares = (found: OptionProbabilities | undefined) =>
  found?.options.map(({ probability }) => Number(probability.toFixed(4)));

describe("the probabilities of options by log-probabilities", () => {
  it("are normalized over the round's own options, whatever else was likely", () => {
    const found = read(["B"], { decisive: 0, top: { B: 0.4, The: 0.3, A: 0.2, C: 0.1 } });
    expect(shares(found)).toEqual([0.2857, 0.5714, 0.1429]);
    expect(found?.method).toBe("log-probabilities over the options");
  });

  it.each([
    [["<answer>", "B", "</answer>"], 1, { B: 0.8, A: 0.1, C: 0.1 }],
    [["<answer>", " B", "</answer>"], 1, { " B": 0.8, " A": 0.1, C: 0.1 }],
    [["<answer>B", "</answer>"], 0, { "<answer>B": 0.8, "<answer>A": 0.1, "<answer>C": 0.1 }],
    [["<answer", ">B", ".</answer>"], 1, { ">B": 0.8, ">A": 0.1, ">C": 0.1 }],
    [["<answer>", "B.", " Embolism"], 1, { "B.": 0.5, B: 0.2, " B": 0.1, A: 0.1, "C.": 0.1 }],
    [["<answer>", "**", "B", "**"], 2, { B: 0.8, A: 0.1, C: 0.1 }],
    [["<answer>", "(", "B", ")"], 2, { B: 0.8, A: 0.1, C: 0.1 }],
  ])("are read however the letter is split: %j", (pieces, decisive, top) => {
    const text = pieces.join("");
    const answer = text.replace("<answer>", "").replace("</answer>", "");
    expect(shares(read(pieces, { decisive, top, answer }))).toEqual([0.1, 0.8, 0.1]);
  });

  it("are the same for every way to cut the reply into tokens", () => {
    const text = "<think>Option A is tempting, EF > 55%.</think>\n<answer>B. Embolism</answer>";
    const letter = text.indexOf("B. Emb");
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 20 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        const decisive = places.findIndex(
          (start, index) => start <= letter && letter < (places[index + 1] ?? 0),
        );
        const at = letter - places[decisive]!;
        const piece = pieces[decisive]!;
        const other = (label: string) => `${piece.slice(0, at)}${label}${piece.slice(at + 1)}`;
        const top = { [piece]: 0.6, [other("A")]: 0.3, [other("C")]: 0.1 };
        expect(shares(read(pieces, { decisive, top, answer: "B. Embolism" }))).toEqual([0.3, 0.6, 0.1]);
      }),
    );
  });

  it("are found where the label is stated later, and not at a letter before it", () => {
    const pieces = ["A", " patient", " like", " this", ":", " the", " answer", " is", " B", "."];
    expect(shares(read(pieces, { decisive: 8, top: { " B": 0.7, " A": 0.2, " C": 0.1 } }))).toEqual([
      0.2, 0.7, 0.1,
    ]);
  });

  it("are read at the option's text where the answer names no label", () => {
    const pieces = ["<answer>", "Emb", "olism", "</answer>"];
    const top = { Emb: 0.5, Pne: 0.3, Eff: 0.2 };
    expect(shares(read(pieces, { decisive: 1, top, answer: "Embolism" }))).toEqual([0.3, 0.5, 0.2]);
    // A token that could begin two options decides for neither.
    expect(read(["E", "mbolism"], { decisive: 0, top: { E: 0.9, P: 0.1 } })).toBeUndefined();
  });

  it("count a label that is not among the likeliest with a bound, and say so", () => {
    const found = read(["B"], { decisive: 0, top: { B: 0.6, A: 0.3 } });
    expect(shares(found)).toEqual([0.3, 0.6, 0.1]);
    expect(found?.options[1]?.interval.map((one) => Number(one.toFixed(4)))).toEqual([0.6, 0.6667]);
    expect(found?.method).toBe("log-probabilities over the options, 1 of them by an upper bound");
    // The least of the likeliest bounds it, too.
    const long = read(["B"], { decisive: 0, top: { B: 0.6, A: 0.2, D: 0.01 } });
    expect(long?.options[2]?.probability).toBeCloseTo(0.01 / 0.81, 10);
  });

  it("are bounded by the chosen token's own probability where no alternatives are told", () => {
    const tokens = [{ token: "B", logprob: Math.log(0.6), top: [] }];
    const answer = { start: 0, end: 1 };
    expect(shares(readOptionProbabilities({ tokens, text: "B", answer, options, choice: "B" }))).toEqual([
      0.2, 0.6, 0.2,
    ]);
  });

  it("are found behind thoughts, the end of the turn and letters in pieces that the text does not have", () => {
    const pieces = ["A secret", " thought", "\ufffd", "\ufffd", "<answer>", "B", "</answer>", "<|im_end|>"];
    const given = { decisive: 5, top: { B: 0.8, A: 0.1, C: 0.1 }, answer: "B" };
    expect(shares(read(pieces, { ...given, text: "→<answer>B" }))).toEqual([0.1, 0.8, 0.1]);
    expect(shares(read(pieces, { ...given, text: "<answer>B" }))).toEqual([0.1, 0.8, 0.1]);
  });

  it.each([
    ["▁B", "▁A"],
    ["ĠB", "ĠA"],
  ])("are read where spaces are written as the vocabulary has them: %s", (chosen, other) => {
    const pieces = ["The", chosen.replace("B", "answer"), chosen.replace("B", "is"), chosen];
    const given = { decisive: 3, top: { [chosen]: 0.9, [other]: 0.1 }, text: "The answer is B" };
    expect(shares(read(pieces, given))?.slice(0, 2)).toEqual([0.1, 0.9]);
  });

  it("are not told apart by a first digit that two labels share", () => {
    const numbered = [
      { label: "1", text: "Pneumothorax" },
      { label: "10", text: "Embolism" },
    ];
    const given = { decisive: 0, top: { "1": 0.9, "2": 0.1 }, options: numbered };
    expect(read(["1", "0"], { ...given, choice: "10" })).toBeUndefined();
    expect(read(["10"], { ...given, top: { "10": 0.6, "2": 0.4 }, choice: "10" })).toBeDefined();
  });

  it("do not take the article for the label A", () => {
    const found = read(["The answer is", " B"], { decisive: 1, top: { " B": 0.5, " a": 0.3, " A": 0.2 } });
    expect(found?.options[0]?.probability).toBeCloseTo(0.2 / 0.7, 1);
    const lower = read(["b"], { decisive: 0, top: { b: 0.5, a: 0.3, c: 0.2 } });
    expect(shares(lower)).toEqual([0.3, 0.5, 0.2]);
  });

  it("are shares with sum 1 for any tokens at all, or nothing", () => {
    const piece = fc.constantFrom(
      "B",
      " B",
      "A",
      "<answer>",
      "</answer>",
      ".",
      "\ufffd",
      "",
      "Embolism",
      "\n",
    );
    const logprob = fc.double({ min: -50, max: 0.001, noNaN: true });
    const token = fc.record({
      token: piece,
      logprob,
      top: fc.array(fc.record({ token: piece, logprob }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), fc.array(piece), (tokens: TokenLogprob[], pieces) => {
        const text = pieces.join("");
        const answer = { start: 0, end: text.length };
        const found = readOptionProbabilities({ tokens, text, answer, options, choice: "B" });
        if (!found) return;
        const sum = found.options.reduce((total, { probability }) => total + probability, 0);
        expect(sum).toBeCloseTo(1, 8);
        for (const { probability, interval } of found.options) {
          expect(interval[0]).toBeGreaterThanOrEqual(0);
          expect(interval[1]).toBeLessThanOrEqual(1 + 1e-12);
          expect(probability).toBeGreaterThanOrEqual(interval[0] - 1e-12);
          expect(probability).toBeLessThanOrEqual(interval[1] + 1e-12);
        }
      }),
    );
  });
});
