import { describe, expect, it } from "vitest";
import type { CaseHit, SearchResult } from "#contracts";
import type { Terminal } from "../terminal.ts";
import { renderSimilarCases } from "./similar-cases.ts";

const terminal: Terminal = { width: 90, paint: (_tone, text) => text, write: () => {} };

const hit = (id: string, more: Partial<CaseHit> = {}): CaseHit => ({
  case: {
    id,
    corpus: "c",
    image: "a.png",
    width: 1,
    height: 1,
    labels: [{ name: "Mass", status: "present" }],
    text: "",
    notes: [],
    metadata: { view: "PA" },
  },
  score: 0.5,
  ...more,
});

const result: SearchResult = {
  passages: [],
  cases: [hit("c/1", { sharedLabels: ["Mass"], alike: 2 })],
  searched: { passages: 0, cases: 3 },
};

const box = (x: number) => ({ x, y: 0, width: 0.2, height: 0.2 });

describe("similar cases", () => {
  it("are listed, the best of each label and the same patient's under their names, with what is missing", () => {
    const lines = renderSimilarCases(
      {
        ...result,
        byLabel: [
          { label: "Edema", cases: [] },
          { label: "Mass", cases: [hit("c/2")] },
        ],
        shortOf: [{ label: "Edema", found: 0 }],
        samePatient: [hit("c/3")],
        unknownValues: [{ field: "view", value: "oblique" }],
      },
      { terminal },
    );
    expect(lines).toEqual([
      " 1 c/1   0.500  Mass",
      "",
      "Mass",
      " 1 c/2   0.500  Mass",
      "",
      "Same patient, left out above",
      " 1 c/3   0.500  Mass",
      "No case has the view “oblique”.",
      "Of “Edema” there is no more than 0.",
    ]);
  });

  it("say why they are similar: what most share, and where both images match", () => {
    const map = { columns: 1, rows: 1, values: [0] };
    const pairs = [
      { from: box(0), to: box(0), similarity: 0.61 },
      { from: box(0.8), to: box(0.4), similarity: 0.4 },
    ];
    const comparisons = new Map([["c/1", { query: map, found: map, pairs }]]);
    const [row, ...why] = renderSimilarCases(result, { terminal, comparisons }).join("\n").split("\n");
    expect(row).toBe(" 1 c/1   0.500  Mass");
    expect(why.every((line) => line.startsWith("   ") && line.length <= terminal.width)).toBe(true);
    expect(why.map((line) => line.trim()).join(" ")).toBe(
      "PA · most share Mass · 2 alike hidden · matches upper left in both (0.61), upper right like upper center of the case (0.40)",
    );
  });
});
