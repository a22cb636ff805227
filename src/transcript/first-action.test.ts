import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstAction } from "./first-action.ts";

describe("firstAction", () => {
  it.each([
    [
      "<think>a</think><query>b c</query>",
      { type: "queries", queries: [{ query: "b c", tool: "search_passages" }], closed: true },
    ],
    [
      '<query tool="find_similar_cases">b</query>',
      { type: "queries", queries: [{ tool: "find_similar_cases" }] },
    ],
    [
      "<query tool='find_similar_cases'>b</query>",
      { type: "queries", queries: [{ tool: "find_similar_cases" }] },
    ],
    ['<query tool="other">b</query>', { type: "queries", queries: [{ tool: "search_passages" }] }],
    ['<query> "a"\n  “b”\t</query>', { type: "queries", queries: [{ query: "a b" }] }],
    ["<think>a</think><query>b", { type: "queries", queries: [{ query: "b" }], closed: false, end: 24 }],
    ["<answer>B", { type: "answer", text: "B", closed: false, end: 9 }],
    ["<answer>\nB\n</answer> more", { type: "answer", text: "B", closed: true, end: 20 }],
    ["<think><query>no</query></think><answer>B</answer>", { type: "answer", text: "B" }],
    ["<think>no end <query>yes</query>", { type: "queries", queries: [{ query: "yes" }] }],
    ["<query>open <answer>B</answer>", { type: "answer", text: "B" }],
    [
      "<query>a</query>\n<query tool=find_similar_cases>b</query> <query> </query><query>c",
      {
        type: "queries",
        queries: [
          { query: "a", tool: "search_passages" },
          { query: "b", tool: "find_similar_cases" },
        ],
        closed: true,
        end: 74,
      },
    ],
    ["<query>a</query> so <query>b</query>", { type: "queries", queries: [{ query: "a" }], end: 16 }],
    ["<query>a</query><think>b</think><query>c</query>", { type: "queries", queries: [{ query: "a" }] }],
    ["I write <query> tags: <query>a", { type: "queries", queries: [{ query: "a" }], closed: false }],
    ['<query>{"query": "a"}</query>', { type: "queries", queries: [{ query: '{"query": "a"}' }] }],
    ["<query>a</query><answer>B</answer>", { type: "queries", queries: [{ query: "a" }], end: 16 }],
    ["<retrieve><answer>B</answer></retrieve>", { type: "none" }],
    ['<query> " " </query><answer>B</answer>', { type: "none" }],
    ["<answer> </answer>", { type: "none" }],
    ["The answer is B.", { type: "none" }],
    ["<think>a</think>", { type: "none" }],
    ["", { type: "none" }],
  ])("of %j", (text, expected) => {
    expect(firstAction(text)).toMatchObject(expected);
  });

  it("defect 10 of the released Med-RwR: `end` cuts off what was written after the model's own query", () => {
    const query = "<think>a</think>\n<query>b</query>";
    const action = firstAction(`${query}\n<retrieve>made up</retrieve><answer>B</answer>`);
    expect(action).toEqual({
      type: "queries",
      queries: [{ query: "b", tool: "search_passages" }],
      closed: true,
      end: query.length,
    });
  });

  it("never throws, and ends within the text", () => {
    const part = fc.constantFrom(
      "<think>",
      "</think>",
      "<query>",
      "</query>",
      "<answer>",
      "</answer>",
      "a",
      " ",
      '"',
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (modelText) => {
        const action = firstAction(modelText);
        if (action.type === "none") return;
        expect(action.end).toBeLessThanOrEqual(modelText.length);
        const texts = action.type === "answer" ? [action.text] : action.queries.map(({ query }) => query);
        expect(texts).not.toHaveLength(0);
        expect(texts).not.toContain("");
      }),
    );
  });
});
