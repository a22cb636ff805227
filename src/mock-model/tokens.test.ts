import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAtStop, measureTokens, splitTokens, withoutOverlap } from "./tokens.ts";

const anyText = fc.string({ unit: "binary" });

describe("tokens", () => {
  it("together are the text, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(splitTokens(text).join("")).toBe(text);
      }),
    );
  });

  it("have the labels' probabilities at the answer's label, and not at the same letter in a thought", () => {
    const text = "<think>A hazy field.</think><answer>A</answer>";
    const tokens = measureTokens(splitTokens(text), { alternatives: 2, labels: { A: 0.25, B: 0.75 } });
    const letters = tokens.filter(({ token }) => token.trim() === "A");
    expect(letters.map(({ logprob }) => Math.exp(logprob).toFixed(2))).toEqual(["0.98", "0.25"]);
    expect(letters[1]?.top.map(({ token }) => token)).toEqual(["B", "A"]);
  });

  it("tell as many alternatives as are asked for, the likeliest first, of probabilities that sum to at most 1", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        fc.constantFrom("B", "no", " the"),
        (alternatives, text) => {
          const [token] = measureTokens([text], { alternatives, labels: {} });
          const probabilities = token?.top.map(({ logprob }) => Math.exp(logprob)) ?? [];
          expect(probabilities).toHaveLength(alternatives);
          expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
          expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
    );
  });

  it("are told as improbable as JSON can say where a label's probability is 0", () => {
    expect(measureTokens(["B"], { alternatives: 1, labels: { B: 0 } })[0]?.logprob).toBe(-9999);
  });
});

describe("a stop string", () => {
  it("ends the text before the first that occurs, and behind it where it is kept", () => {
    const stop = ["</answer>", "</query>", ""];
    expect(cutAtStop("<query>x</query></answer>", { stop, keepsStop: false })).toEqual({
      text: "<query>x",
      stopString: "</query>",
    });
    expect(cutAtStop("<query>x</query>", { stop, keepsStop: true }).text).toBe("<query>x</query>");
    expect(cutAtStop("nothing", { stop, keepsStop: false })).toEqual({ text: "nothing", stopString: null });
  });
});

describe("a continuation", () => {
  it("leaves out what stands written already, and nothing else", () => {
    expect(withoutOverlap("<answer>B</answer>", "<think>x</think>\n<answer>")).toBe("B</answer>");
    expect(withoutOverlap("alpha bravo charlie", "alpha bravo char")).toBe("lie");
    expect(withoutOverlap("<answer>B</answer>", "<retrieve>[1] x</retrieve>\n")).toBe("<answer>B</answer>");
    fc.assert(
      fc.property(anyText, anyText, (text, written) => {
        const rest = withoutOverlap(text, written);
        expect(text.endsWith(rest)).toBe(true);
        expect(written.endsWith(text.slice(0, text.length - rest.length))).toBe(true);
      }),
    );
  });
});
