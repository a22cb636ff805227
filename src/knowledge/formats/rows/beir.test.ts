import { describe, expect, it } from "vitest";
import { beir } from "./beir.ts";

describe("a BEIR row", () => {
  it("takes its id from _id and its metadata from metadata", () => {
    const row = { _id: 4983, title: "Title", text: "Abstract.", metadata: { pubmed: 7 }, year: 2001 };
    expect(beir.fits(row)).toBe(true);
    expect(beir.read(row)).toEqual({
      id: "4983",
      title: "Title",
      text: "Abstract.",
      sections: [{ headings: [], start: 0, end: 9 }],
      metadata: { pubmed: 7, year: 2001 },
    });
  });

  it("is its title where it has no text, so that it can be found by it", () => {
    expect(beir.read({ _id: "a", title: "A trial of aspirin.", text: " " })).toMatchObject({
      title: "A trial of aspirin.",
      text: "A trial of aspirin.",
    });
    expect(() => beir.read({ _id: "a", title: "", text: "" })).toThrow(
      expect.objectContaining({ code: "row-without-text" }),
    );
  });

  it.each([[{ year: 1999 }], [["a"]], ["a"]])(
    "keeps metadata %j apart where merging would lose something",
    (metadata) => {
      const document = beir.read({ _id: "a", text: "Abstract.", metadata, year: 2001 });
      expect(document.metadata).toEqual({ metadata, year: 2001 });
    },
  );
});
