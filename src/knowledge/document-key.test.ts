import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunkDocument } from "./chunking/chunk-document.ts";
import { documentKey } from "./document-key.ts";
import { readMarkdown } from "./formats/markdown.ts";

const passageIds = ({ corpus, id }: { corpus: string; id: string }) =>
  chunkDocument({
    document: readMarkdown({ id, text: "# One\nFirst.\n# Two\nSecond." }),
    corpus,
    file: "a.md",
  }).map((passage) => passage.id);

describe("documentKey", () => {
  it("leaves plain names and paths as they are", () => {
    expect(documentKey({ corpus: "notes", id: "deep/lungs (1).md" })).toBe("notes/deep/lungs (1).md");
  });

  it("tells the first passage of a document from the document whose id ends with #1", () => {
    expect(passageIds({ corpus: "q", id: "a" })).toContain("q/a#1");
    expect(documentKey({ corpus: "q", id: "a#1" })).toBe("q/a%231");
  });

  it("tells a corpus with a slash from a path in a corpus", () => {
    expect(documentKey({ corpus: "a/b", id: "c" })).not.toBe(documentKey({ corpus: "a", id: "b/c" }));
  });

  it("gives no two documents a passage or key in common", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "#", "/", "%", "1", "2", "23", "2F", "25") });
    const document = fc.record({ corpus: name, id: name });
    fc.assert(
      fc.property(document, document, (one, other) => {
        if (one.corpus === other.corpus && one.id === other.id) return;
        const ids = [one, other].map((each) => [documentKey(each), ...passageIds(each)]);
        expect(new Set(ids.flat()).size).toBe(6);
      }),
      { numRuns: 1000 },
    );
  });
});
