import { describe, expect, it } from "vitest";
import { readContent } from "../../../test/support/format-file.ts";
import { jsonLines } from "./json-lines.ts";

describe("a JSON-lines file", () => {
  it("holds documents, cases where a row names a file, and refusals with their lines", async () => {
    const content = [
      { id: "a", text: "Words." },
      { id: "b", file: "b.png" },
      { id: "c", file: null, text: "More." },
      { id: "d" },
    ];
    const lines = content.map((row) => JSON.stringify(row)).join("\n");
    const { documents, cases, refused } = await readContent(jsonLines, `${lines}\n{`, { pieceLength: 4 });
    expect(documents.map(({ id, text }) => [id, text])).toEqual([
      ["a", "Words."],
      ["c", "More."],
    ]);
    expect(cases).toEqual([{ id: "b", file: "b.png" }]);
    expect(refused).toEqual([
      [4, "row-without-text"],
      [5, "row-not-json"],
    ]);
  });

  it("is recognized by a first object with a text, also where that is cut off, and other JSON is not", () => {
    expect(jsonLines.recognizes('{"id":"a","text":"Words."}\n')).toBe(true);
    expect(jsonLines.recognizes('{"_id":"a","title":"Lungs","text":"Wor')).toBe(true);
    expect(jsonLines.recognizes('{\n  "text": "Words."\n}')).toBe(false);
    expect(jsonLines.recognizes('{"name":"package"}')).toBe(false);
  });
});
