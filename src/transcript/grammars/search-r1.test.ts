import { describe, expect, it } from "vitest";
import { firstAction } from "../first-action.ts";
import { parseTranscript } from "../parse.ts";
import { renderDocuments } from "../render-documents.ts";
import { createTranscriptWriter } from "../writer.ts";
import { searchR1 } from "./search-r1.ts";

const problemsOf = (text: string) =>
  parseTranscript({ text, environment: [], grammar: "search-r1" }).problems.map(({ type }) => type);

describe("Search-R1", () => {
  it("is given documents by number and title in a block between blank lines, as its released loop writes it", () => {
    const writer = createTranscriptWriter(searchR1);
    writer.model("<think>a</think>\n<search>b</search>");
    const documents = [
      { number: 1, title: "Effusion", text: "Fluid." },
      { number: 4, title: "Mass {text}", text: "Large {number}." },
    ];
    writer.retrieve(renderDocuments(documents, searchR1));
    expect(writer.snapshot()).toMatchObject({
      text: "<think>a</think>\n<search>b</search>\n\n<information>Doc 1(Title: Effusion) Fluid.\nDoc 4(Title: Mass {text}) Large {number}.</information>\n\n",
      grammar: "search-r1",
    });
    expect(renderDocuments([], searchR1)).toBe("None");
  });

  it.each([
    ["<think>a</think><answer>B</answer>", []],
    ["<answer>B</answer>", ["thought-missing"]],
    ["<search>q</search>", ["thought-missing", "query-without-retrieval", "no-answer"]],
    ["<think>a</think> so <answer>B</answer>", ["text-outside"]],
    ["<think>a</think><answer>B</answer></answer>", ["stray-close"]],
    ["<think>a</think><answer></answer>", ["empty"]],
  ])("holds that thought comes before each search and answer: %j", (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it("needs a thought behind each block too", () => {
    const writer = createTranscriptWriter(searchR1);
    writer.model("<think>a</think><search>b</search>");
    writer.retrieve("None");
    writer.model("<answer>B</answer>");
    expect(parseTranscript(writer.snapshot()).problems.map(({ type }) => type)).toEqual(["thought-missing"]);
  });

  it("searches for the first of several searches alone", () => {
    const text = "<think>a</think><search>b</search><search>c</search>";
    expect(firstAction(text, searchR1)).toMatchObject({ queries: [{ query: "b" }], end: 34 });
  });

  it("reads an answer wherever it stands, also where the prompt holds an example of one", () => {
    expect(firstAction("<think>a</think><answer>B</answer>", searchR1)).toMatchObject({ text: "B" });
    expect(problemsOf("<think>a</think><answer>B</answer>")).toEqual([]);
  });
});
