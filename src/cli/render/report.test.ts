import { describe, expect, it } from "vitest";
import type { AddReport } from "#assembly";
import { type ErrorCode, MedRoundsError, toFailure } from "#contracts";
import type { Terminal } from "../terminal.ts";
import { renderReport } from "./report.ts";

const terminal: Terminal = { width: 60, paint: (_tone, text) => text, write: () => {} };
const refusal = (code: ErrorCode, file: string) => ({
  file,
  ...toFailure(new MedRoundsError(code, "It is so.")),
});
const report = (parts: Partial<AddReport>): AddReport => ({
  added: { passages: 0, documents: 0, cases: 0 },
  unchanged: { documents: 0, cases: 0 },
  replaced: { documents: 0, cases: 0 },
  refused: [],
  skipped: {},
  notes: [],
  seconds: 1,
  interrupted: false,
  deidentified: { files: 0, removed: 0, emptied: 0, replaced: 0, shifted: 0 },
  skip: () => {},
  countDeidentified: () => {},
  refuse: () => {},
  ...parts,
});
const render = (parts: Partial<AddReport>) => renderReport(report(parts), terminal).join("\n");

describe("the report of an addition", () => {
  it("counts what was done, and only that", () => {
    expect(render({})).toBe("Added nothing in 1.0 s.");
    expect(render({ added: { passages: 2, documents: 1, cases: 1 } })).toBe(
      "Added 1 case and 2 passages of 1 document in 1.0 s.",
    );
    expect(render({ unchanged: { documents: 0, cases: 2 }, skipped: { ".xyz": 3 } })).toBe(
      "Added nothing in 1.0 s.\nAlready there: 2 cases.\nSkipped, of no known type: 3 .xyz.",
    );
  });

  it("lists refusals by code, with what to do once and the end of a long path", () => {
    const refused = [
      refusal("file-empty", "a.png"),
      refusal("row-not-json", "rows.jsonl"),
      refusal("file-empty", `${"deep/".repeat(20)}b.png`),
    ];
    expect(render({ refused }).split("\n").slice(1)).toEqual([
      "",
      "Refused: 3",
      "",
      "file-empty  Replace it with the complete file.",
      `  a.png${" ".repeat(27)}  It is so.`,
      `  …${"deep/".repeat(6).slice(-26)}b.png  It is so.`,
      "",
      "row-not-json  Write one JSON object a line.",
      `  rows.jsonl${" ".repeat(22)}  It is so.`,
    ]);
  });

  it("names the corpus of a refusal where several were added", () => {
    const refused = ["one", "two", "one"].map((corpus, line) => ({
      ...refusal("row-not-json", "manifest.jsonl"),
      line: line + 1,
      corpus,
    }));
    expect(render({ refused }).split("\n").slice(5)).toEqual([
      "  Of the corpus one:",
      "  manifest.jsonl:1  It is so.",
      "  manifest.jsonl:3  It is so.",
      "  Of the corpus two:",
      "  manifest.jsonl:2  It is so.",
    ]);
    expect(render({ refused: refused.slice(0, 1) })).not.toContain("Of the corpus");
  });

  it("shows fifty refusals and says how many more there are", () => {
    const refused = Array.from({ length: 53 }, (_, n) => refusal("file-empty", `${n}.png`));
    expect(
      render({ refused })
        .split("\n")
        .filter((line) => line.includes(".png")),
    ).toHaveLength(50);
    expect(render({ refused })).toContain("… and 3 more; --json lists all.");
  });

  it("says once what was done to many images", () => {
    const notes = ["a.png", "b.png"].map((file) => ({ file, note: "16 bits reduced to 8" }));
    expect(render({ notes })).toContain("Note: a.png and 1 more: 16 bits reduced to 8");
  });
});
