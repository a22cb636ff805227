import { describe, expect, it } from "vitest";
import { makePassage } from "../../../test/support/memory-library.ts";
import { readSynonyms } from "./synonyms.ts";

const term = (title: string, ...synonyms: string[]) => ({
  ...makePassage({ id: title, title, text: title }),
  metadata: { synonyms },
});
const added = async (query: string, ...terms: ReturnType<typeof term>[]) =>
  (await readSynonyms(terms)).expand(query).split("\n").slice(1);

describe("synonyms of an ontology", () => {
  const infarction = term("myocardial infarction", "heart attack", "cardiac infarction");

  it("add the other names of what a query names, in whatever inflection", async () => {
    expect(await added("What helps after two heart attacks?", infarction)).toEqual([
      "myocardial infarction",
      "cardiac infarction",
    ]);
  });

  it("leave the query as it is where it names nothing, and where passages have no synonyms", async () => {
    expect(await added("What is a heart?", infarction)).toEqual([]);
    const plain = makePassage({ id: "a", title: "heart attack", text: "A heart attack." });
    expect((await readSynonyms([plain])).size).toBe(0);
  });

  it("take the longest name, whose words are no other mention", async () => {
    const attack = term("attack", "onset");
    expect(await added("heart attack", infarction, attack)).not.toContain("onset");
  });

  it("do not guess at a name of many terms, a word of many names, or one that is left of a possessive", async () => {
    const ambiguous = ["one", "two", "three"].map((name) => term(`${name} anemia`, "MDA"));
    expect(await added("MDA", ...ambiguous)).toEqual([]);
    const diseases = Array.from({ length: 21 }, (_, index) =>
      term(`kind${index} disease`, `illness ${index}`),
    );
    expect(await added("disease", ...diseases, term("disease", "sickness"))).toEqual([]);
    expect(await added("disease", term("glycogen storage disease VI", "Her's disease"))).toEqual([]);
  });
});
