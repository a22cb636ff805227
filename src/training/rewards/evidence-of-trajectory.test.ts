import { describe, expect, it } from "vitest";
import { findGrammar } from "#transcript";
import { evidenceOf } from "./evidence-of-trajectory.ts";
import { readTrajectory } from "./read-trajectory.ts";

const base = {
  id: "one",
  question: "",
  options: [],
  gold: { aliases: [], entities: [], sources: [] },
  images: 0,
  measured: {},
};

describe("what was found, as evidence", () => {
  it.each(["med-rwr", "search-r1", "r1-searcher"])("has the numbers that %s writes", (name) => {
    const grammar = findGrammar(name);
    const { open, close } = grammar.tags.retrieve;
    const { one, lead, trail } = grammar.documents;
    const documents = [3, 12].map((number) =>
      one.replace("{number}", String(number)).replace("{title}", "Lung").replace("{text}", `Text ${number}.`),
    );
    const text = `${open}${lead}${documents.join("\n")}${trail}${close}`;
    const transcript = { text, environment: [{ start: 0, end: text.length }], grammar: name };
    const evidence = evidenceOf(readTrajectory({ ...base, transcript, retrieved: [] }));
    expect(evidence.map(({ number }) => number)).toEqual([3, 12]);
    expect(evidence.map((item) => (item.type === "passage" ? item.passage.text : ""))).toEqual([
      expect.stringContaining("Text 3."),
      expect.stringContaining("Text 12."),
    ]);
  });

  it("is nothing where nothing was found", () => {
    const text = "<retrieve>None</retrieve>";
    const transcript = { text, environment: [{ start: 0, end: text.length }] };
    expect(evidenceOf(readTrajectory({ ...base, transcript, retrieved: [] }))).toEqual([]);
  });

  it("is the documents in order where the transcript holds none", () => {
    const retrieved = [
      {
        query: "x",
        documents: [
          { title: "One", text: "First." },
          { title: "Two", text: "Second." },
        ],
      },
    ];
    const evidence = evidenceOf(
      readTrajectory({ ...base, transcript: { text: "", environment: [] }, retrieved }),
    );
    expect(evidence.map(({ number }) => number)).toEqual([1, 2]);
  });
});
