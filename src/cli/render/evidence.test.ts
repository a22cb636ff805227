import { describe, expect, it } from "vitest";
import type { Case } from "#contracts";
import type { Terminal } from "../terminal.ts";
import { renderCases, sayExclusions } from "./evidence.ts";

const terminal = (width: number): Terminal => ({ width, paint: (_tone, text) => text, write: () => {} });
const names = ["Atelectasis", "Cardiomegaly", "Consolidation", "Infiltration", "Pneumonia"];
const found = (id: string, labels: Case["labels"]) => ({
  id,
  corpus: "c",
  image: "a.png",
  width: 1,
  height: 1,
  labels,
  text: "",
  notes: [],
  metadata: {},
});
const all = names.map((name) => ({ name, status: "present" as const }));

describe("cases", () => {
  it("stand in columns, with labels that wrap below themselves", () => {
    const cases = [
      { number: 1, score: 0.5, case: found("c/long-name", all) },
      { number: 12, score: 11.25, case: found("c/x", []) },
    ];
    expect(renderCases(cases, terminal(60)).join("\n").split("\n")).toEqual([
      " 1 c/long-name   0.50  Atelectasis, Cardiomegaly,",
      "                       Consolidation, Infiltration,",
      "                       Pneumonia",
      "12 c/x          11.25  no labels",
    ]);
  });

  it("have their labels on a line of their own where an id leaves no room", () => {
    const cases = [{ number: 1, score: 1, case: found("c".repeat(30), all.slice(0, 1)) }];
    expect(renderCases(cases, terminal(50)).join("\n").split("\n")).toEqual([
      ` 1 ${"c".repeat(30)}   1.00`,
      "   Atelectasis",
    ]);
  });

  it("say which label is uncertain and leave out what is absent", () => {
    const labels = [
      { name: "Mass", status: "uncertain" as const },
      { name: "Edema", status: "absent" as const },
    ];
    expect(renderCases([{ number: 1, score: 1, case: found("c", labels) }], terminal(80))).toEqual([
      " 1 c   1.00  Mass (uncertain)",
    ]);
  });

  it("that were left out are counted by reason", () => {
    expect(sayExclusions({ sameImage: 1, samePatient: 3, sameSlide: 0 })).toEqual([
      "the image itself left out",
      "3 of the same patient left out",
    ]);
    expect(sayExclusions({ sameImage: 0, samePatient: 0, sameSlide: 0 })).toEqual([]);
  });
});
