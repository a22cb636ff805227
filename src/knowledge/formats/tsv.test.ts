import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContent } from "../../../test/support/format-file.ts";
import { tsv } from "./tsv.ts";

describe("a TSV file", () => {
  it("is a document a line, the id before the first whitespace, the dose after it kept", async () => {
    const { documents, refused } = await readContent(tsv, "17\t50 mg once a day.\r\n18 75 mg.\n\n");
    expect(documents.map(({ id, title, text }) => [id, title, text])).toEqual([
      ["17", "17", "50 mg once a day."],
      ["18", "18", "75 mg."],
    ]);
    expect(refused).toEqual([]);
  });

  it("may have words as ids before a tab, and further tabs in the text", async () => {
    const { documents } = await readContent(tsv, "\uFEFFdoc-1\tLungs\tare paired.");
    expect(documents).toMatchObject([{ id: "doc-1", text: "Lungs\tare paired." }]);
  });

  it("refuses a line without an id, without a text or in another encoding, and goes on", async () => {
    const content = Buffer.concat([
      Buffer.from("The lungs are paired.\n\tNo id.\n7\t \n"),
      Buffer.from([0x38, 0x09, 0xe9, 0x0a]),
      Buffer.from("9\tThe end."),
    ]);
    const { documents, refused } = await readContent(tsv, content);
    expect(refused).toEqual([
      [1, "row-invalid"],
      [2, "row-invalid"],
      [3, "row-without-text"],
      [4, "file-not-text"],
    ]);
    expect(documents.map(({ id }) => id)).toEqual(["9"]);
  });

  it("is recognized by numbers and tabs, and a numbered list is not", () => {
    expect(tsv.recognizes("1\tOne.\n2\tTwo.\n3\tThr")).toBe(true);
    expect(tsv.recognizes("1\tOne.")).toBe(true);
    expect(tsv.recognizes("1. One.\n2. Two.")).toBe(false);
    expect(tsv.recognizes("1\tOne.\nA line.\n2\tTwo.")).toBe(false);
  });

  it("gives a document or a refusal for each line that is not blank, whatever it holds", async () => {
    const line = fc.string({ unit: fc.constantFrom("1", "a", " ", "\t", "é", "\r", "\0", "\u2028") });
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const { documents, refused, fault } = await readContent(tsv, lines.join("\n"), { pieceLength: 3 });
        expect(fault).toBeUndefined();
        // A line break of a text file is LF alone.
        const written = lines.filter(
          (content) =>
            content
              .replace(/\r$/, "")
              .replace(/^\uFEFF/, "")
              .trim() !== "",
        );
        expect(documents.length + refused.length).toBe(written.length);
      }),
      { numRuns: 200 },
    );
  });
});
