import { describe, expect, it } from "vitest";
import type { PageEvidence, RowsEvidence } from "#contracts";
import { nameEvidence } from "./evidence-name.ts";
import { placeEvidence } from "./evidence-place.ts";

const page: PageEvidence = {
  type: "page",
  number: 1,
  query: "effusion",
  page: {
    url: "https://www.nhs.uk/effusion",
    title: "Effusion",
    site: "NHS",
    published: "2024-01-02",
    licence: "OGL",
    trusted: true,
    text: "Fluid.",
    from: "page",
  },
};
const rows: RowsEvidence = {
  type: "rows",
  number: 2,
  query: "select 1",
  table: { database: "ehr.sqlite", columns: ["a"], rows: [[1], [null]], truncated: true },
};

describe("where evidence is from", () => {
  it("is a page's site, date and license, with its address", () => {
    expect(nameEvidence(page)).toBe("Effusion");
    expect(placeEvidence(page)).toEqual({
      address: "https://www.nhs.uk/effusion",
      parts: ["NHS", "2024-01-02", "OGL"],
    });
  });

  it("says of a page that it was not read, or not from a trusted publisher; an address that is no link is none", () => {
    const other = {
      ...page.page,
      trusted: false,
      from: "search-result" as const,
      url: "javascript:alert(1)",
    };
    expect(placeEvidence({ ...page, page: other })).toEqual({
      address: null,
      parts: expect.arrayContaining(["only the search service’s excerpt was read", "no trusted publisher"]),
    });
    expect(nameEvidence({ ...page, page: { ...page.page, title: "" } })).toBe("NHS");
  });

  it("is the database, the number of rows and the SQL", () => {
    expect(nameEvidence(rows)).toBe("Rows of ehr.sqlite");
    expect(placeEvidence(rows)).toEqual({
      address: null,
      parts: ["ehr.sqlite", "2 rows, there were more", "select 1"],
    });
  });
});
