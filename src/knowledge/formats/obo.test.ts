import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectSound, readContent, readOne } from "../../../test/support/format-file.ts";
import { obo } from "./obo.ts";

const term = (...lines: string[]) => `[Term]\n${lines.join("\n")}\n\n`;

describe("an OBO file", () => {
  it("is a document a term, with definition and synonyms in its text and its facts as metadata", async () => {
    const document = await readOne(
      obo,
      `format-version: 1.2\n\n${term(
        "id: X:1 ! first",
        "name: lung disease",
        'def: "A \\"disease\\" of the lung" [url:a\\,b]',
        'synonym: "pneumopathy" EXACT [X:a]',
        'synonym: "pulmonary disease" RELATED []',
        'xref: M:1 "a note"',
        "is_a: X:0 ! disease",
        "subset: slim",
        'namespace: test {source="a"}',
      )}`,
    );
    expect(document).toMatchObject({
      id: "X:1",
      title: "lung disease",
      text: 'lung disease. A "disease" of the lung. Synonyms: pneumopathy; pulmonary disease',
      metadata: {
        def: 'A "disease" of the lung',
        synonyms: ["pneumopathy", "pulmonary disease"],
        xrefs: ["M:1"],
        is_a: ["X:0"],
        subsets: ["slim"],
        namespace: "test",
      },
    });
  });

  it("leaves out obsolete terms, relations and instances", async () => {
    const content = [
      term("id: X:1", "name: gone", "is_obsolete: true"),
      "[Typedef]\nid: part_of\nname: part of\n\n",
      "[Instance]\nid: X:9\nname: one\n\n",
      term("id: X:2", "name: here", "is_obsolete: false"),
    ].join("");
    expect((await readContent(obo, content)).documents.map(({ id }) => id)).toEqual(["X:2"]);
  });

  it("refuses a term without an id or without words, names its line, and goes on", async () => {
    const content = `${term("name: no id")}${term("id: X:1")}${term("id: X:2", "name: last")}`.trimEnd();
    const { documents, refused } = await readContent(obo, content, { pieceLength: 5 });
    expect(refused).toEqual([
      [1, "row-invalid"],
      [4, "row-without-text"],
    ]);
    expect(documents).toMatchObject([{ id: "X:2", text: "last." }]);
  });

  it("is recognized by its header or its stanzas", () => {
    expect(obo.recognizes("format-version: 1.4\n")).toBe(true);
    expect(obo.recognizes("! a comment\n[Term]\nid: X")).toBe(true);
    expect(obo.recognizes("A text about [Term] papers.")).toBe(false);
  });

  it("is read or refused, whatever its lines are", async () => {
    const line = fc.oneof(
      fc.constantFrom(
        "[Term]",
        "id: a",
        "id:",
        "name: b",
        'def: "',
        'def: "c" []',
        "is_obsolete: true",
        "",
        "{",
        "\\",
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
        const { documents, fault, refused } = await readContent(obo, lines.join("\n"));
        expect(fault).toBeUndefined();
        for (const document of documents) expectSound(document);
        for (const [, code] of refused)
          expect(code).toMatch(/^(?:row-invalid|row-without-text|file-not-text)$/);
      }),
      { numRuns: 200 },
    );
  });

  it("is read in linear time, however its values are escaped", async () => {
    const began = performance.now();
    for (const value of [`"${"\\".repeat(1_000_000)}`, "{".repeat(1_000_000), `"${"a".repeat(1_000_000)}`]) {
      await readContent(obo, term("id: X:1", `name: ${value}`, `def: ${value}`, `synonym: ${value}`));
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
