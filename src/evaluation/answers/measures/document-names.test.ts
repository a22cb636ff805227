import { expect, it } from "vitest";
import { documentName } from "./document-names.ts";

it.each([
  ["123", ["pmid:123", "PMID 123", " PubMed/123", "pubmedqa-123", "https://pubmed.ncbi.nlm.nih.gov/123/"]],
  ["pmc45", ["PMC45", "https://pmc.ncbi.nlm.nih.gov/articles/PMC45/"]],
  ["doi:10.1000/a.7", ["10.1000/A.7", "doi:10.1000/a.7", "https://doi.org/10.1000/a.7"]],
])("is %s in every spelling", (name, written) => {
  expect(written.map(documentName)).toEqual(written.map(() => name));
});

it.each(["Harrison_30037", "deep/lungs-2.md", "notes#3", "article-9", "10.5"])(
  "leaves %s as it is",
  (name) => {
    expect(documentName(name)).toBe(name.toLowerCase());
  },
);

it("tells documents apart that end alike", () => {
  const names = ["PMC123", "123", "10.1000/123", "left/notes.md", "right/notes.md"].map(documentName);
  expect(new Set(names).size).toBe(names.length);
});
