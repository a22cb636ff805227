import { describe, expect, it } from "vitest";
import { tokensOfReplies } from "./tokens-of-replies.ts";

const reply = (...pieces: string[]) => ({
  text: pieces.join(""),
  tokens: pieces.map((text) => ({ text, logprob: -0.5 })),
});

describe("tokensOfReplies", () => {
  it("joins the tokens of all replies, in order", () => {
    const tokens = tokensOfReplies(
      [reply("<query>", "a"), reply("<answer>", "B")],
      ["<query>a</query>", "<answer>B</answer>"],
    );
    expect(tokens?.map(({ text }) => text)).toEqual(["<query>", "a", "<answer>", "B"]);
  });

  it("leaves out tokens behind what the round took of a reply", () => {
    const tokens = tokensOfReplies(
      [reply("<query>", "a", "</query>", " and", " more")],
      ["<query>a</query>"],
    );
    expect(tokens?.map(({ text }) => text)).toEqual(["<query>", "a", "</query>"]);
  });

  it("is null where a reply came without tokens, or with one that is no log-probability", () => {
    expect(tokensOfReplies([], [])).toBeNull();
    expect(tokensOfReplies([reply("a"), { text: "b", tokens: [] }], ["a", "b"])).toBeNull();
    for (const logprob of [Number.NaN, Number.NEGATIVE_INFINITY, 0.5]) {
      expect(tokensOfReplies([{ text: "a", tokens: [{ text: "a", logprob }] }], ["a"])).toBeNull();
    }
    expect(tokensOfReplies([reply("a"), { text: "", tokens: [] }], ["a", ""])).toHaveLength(1);
  });
});
