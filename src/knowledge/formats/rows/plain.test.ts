import { describe, expect, it } from "vitest";
import { plain } from "./plain.ts";

describe("a plain row", () => {
  it("is its text as one section, other fields kept as metadata", () => {
    const row = {
      id: "report-1",
      title: "Chest radiograph",
      text: "Clear lungs.",
      licence: "CC0 1.0",
      url: "https://example.org/1",
      labels: ["normal"],
      year: null,
    };
    expect(plain.read(row)).toEqual({
      id: "report-1",
      title: "Chest radiograph",
      text: "Clear lungs.",
      sections: [{ headings: [], start: 0, end: 12 }],
      licence: "CC0 1.0",
      url: "https://example.org/1",
      metadata: { labels: ["normal"], year: null },
    });
  });

  it("is titled by its id where the title is absent, null or blank", () => {
    for (const title of [undefined, null, "", "  "]) {
      expect(plain.read({ id: "report-1", title, text: "Clear lungs." }).title).toBe("report-1");
    }
  });

  it("keeps its text as it is, whitespace at the ends included", () => {
    expect(plain.read({ id: "a", text: "\uFEFF Clear lungs.\r\n" }).text).toBe("\uFEFF Clear lungs.\r\n");
  });
});
