import { describe, expect, it } from "vitest";
import { vote } from "./vote.ts";

const neighbors = (...given: [string | undefined, number][]) =>
  given.map(([name, score]) => ({ class: name, score }));

describe("vote", () => {
  it.each([
    {
      says: "takes the majority of the first k",
      k: 3,
      given: neighbors(["b", 0.9], ["a", 0.8], ["a", 0.1], ["b", 0]),
      winner: "a",
    },
    {
      says: "takes the nearest alone for k = 1",
      k: 1,
      given: neighbors(["b", 0.9], ["a", 0.8], ["a", 0.7]),
      winner: "b",
    },
    {
      says: "breaks a tie by similarity",
      k: 4,
      given: neighbors(["b", 0.9], ["a", 0.8], ["a", 0.7], ["b", 0.61]),
      winner: "b",
    },
    { says: "breaks a full tie by name", k: 2, given: neighbors(["b", 0.5], ["a", 0.5]), winner: "a" },
    {
      says: "leaves out neighbors without a class",
      k: 3,
      given: neighbors([undefined, 0.9], [undefined, 0.9], ["a", -0.1]),
      winner: "a",
    },
    {
      says: "has no winner where none has a class",
      k: 2,
      given: neighbors([undefined, 0.9]),
      winner: undefined,
    },
    { says: "has no winner among nobody", k: 5, given: [], winner: undefined },
  ])("$says", ({ k, given, winner }) => {
    expect(vote(given, k)).toBe(winner);
  });
});
