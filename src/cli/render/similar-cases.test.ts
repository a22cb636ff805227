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

const unlikeBelow = 0.75;

const box = (x: number) => ({ x, y: 0, width: 0.2, height: 0.2 });

describe("similar cases", () => {
  it("are listed, the best of each label and the same patient's under their names, with what is missing", () => {
    const lines = renderSimilarCases(
      {
        ...result,
        byLabel: [
          { label: "Edema", cases: [] },
          { label: "Mass", cases: [hit("c/2")] },
          { label: "Nodule", cases: [hit("c/4", { score: 0.7 })] },
        ],
        shortOf: [
          { label: "Edema", found: 0 },
          { label: "Mass", found: 1 },
        ],
        samePatient: [hit("c/3")],
        unknownValues: [{ field: "view", value: "oblique" }],
      },
      { terminal, unlikeBelow },
    );
    expect(lines).toEqual([
      " 1 c/1   0.500  Mass",
      "",
      "Nodule",
      " 1 c/4   0.700  Mass",
      "",
      "Mass",
      " 1 c/2   0.500  Mass",
      "",
      "Same patient, left out above",
      " 1 c/3   0.500  Mass",
      "",
      "No case has the view “oblique”.",
      "Only 1 case with “Mass”.",
      "No case found with the label Edema.",
      "Scores tell how well the words fit (BM25).",
    ]);
  });

  it("name ten of the labels without a case", () => {
    const shortOf = Array.from({ length: 12 }, (_, at) => ({ label: `L${at}`, found: 0 }));
    expect(renderSimilarCases({ ...result, cases: [], shortOf }, { terminal, unlikeBelow })).toEqual([
      "No case found with 12 labels: L0, L1, L2, L3, L4, L5, L6, L7, L8, L9 and 2 more.",
    ]);
  });

  it.each([
    [[0.97, 0.8], []],
    [[0.97, 0.4], ["1 of these 2 cases hardly looks like the image."]],
    [[0.6, 0.4], ["None of these cases looks like the image: the library may hold none of its kind."]],
  ])("with likenesses of %j say whether they look like the image", (likenesses, said) => {
    const cases = likenesses.map((likeness, at) => hit(`c/${at}`, { likeness }));
    const lines = renderSimilarCases({ ...result, cases }, { terminal, unlikeBelow });
    expect(lines.slice(2)).toEqual([
      ...said,
      "Scores go from −1 to 1 and compare within this library alone.",
    ]);
  });

  it("say why they are similar: what most of them share, and where both images match", () => {
    const map = { columns: 1, rows: 1, values: [0] };
    const pairs = [
      { from: box(0), to: box(0), similarity: 0.61 },
      { from: box(0.8), to: box(0.4), similarity: 0.4 },
    ];
    const comparisons = new Map([["c/1", { query: map, found: map, pairs }]]);
    const shown = renderSimilarCases(result, { terminal, comparisons, unlikeBelow });
    expect(shown.at(-1)).toBe("Left and right are those of the picture, not of the patient.");
    const [row, ...why] = shown.slice(0, -2).join("\n").split("\n");
    expect(row).toBe(" 1 c/1   0.500  Mass");
    expect(why.every((line) => line.startsWith("   ") && line.length <= terminal.width)).toBe(true);
    expect(why.map((line) => line.trim()).join(" ")).toBe(
      "PA · Mass as in most of these cases · 2 alike hidden · matches upper left in both (0.61), upper right like upper center of the case (0.40)",
    );
  });
});
