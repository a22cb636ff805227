import { describe, expect, it } from "vitest";
import type { Case } from "#contracts";
import type { Terminal } from "../terminal.ts";
import { renderCases, renderPage, renderPassage, renderRows, sayExclusions } from "./evidence.ts";

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
      " 1 c/long-name   0.500  Atelectasis, Cardiomegaly,",
      "                        Consolidation, Infiltration,",
      "                        Pneumonia",
      "12 c/x          11.250  no labels",
    ]);
  });

  it("have their labels on a line of their own where an id leaves no room", () => {
    const cases = [{ number: 1, score: 1, case: found("c".repeat(30), all.slice(0, 1)) }];
    expect(renderCases(cases, terminal(50)).join("\n").split("\n")).toEqual([
      ` 1 ${"c".repeat(30)}   1.000`,
      "   Atelectasis",
    ]);
  });

  it("say which label is uncertain and leave out what is absent", () => {
    const labels = [
      { name: "Mass", status: "uncertain" as const },
      { name: "Edema", status: "absent" as const },
    ];
    expect(renderCases([{ number: 1, score: 1, case: found("c", labels) }], terminal(80))).toEqual([
      " 1 c   1.000  Mass (uncertain)",
    ]);
  });

  it("that look nearly the same have scores that differ, and only the same image reads 1.000", () => {
    const cases = [1, 0.9996, 0.9984, 0.29].map((score, index) => ({
      number: index + 1,
      score,
      case: found("c", []),
    }));
    const lines = renderCases(cases, terminal(80));
    expect(lines.map((line) => /\d\.\d+/.exec(line)?.[0])).toEqual(["1.000", "0.999", "0.998", "0.290"]);
  });

  it("that were left out are counted by reason", () => {
    expect(sayExclusions({ sameImage: 1, samePatient: 3, sameSlide: 0 })).toEqual([
      "the image itself left out",
      "3 of the same patient left out",
    ]);
    expect(sayExclusions({ sameImage: 0, nearIdentical: 2, samePatient: 0, sameSlide: 1 })).toEqual([
      "2 nearly identical left out",
      "1 of the same slide left out",
    ]);
    expect(sayExclusions({ sameImage: 0, samePatient: 0, sameSlide: 0 })).toEqual([]);
  });
});

describe("a passage", () => {
  const passage = (document: string) => ({
    id: "c/d#1",
    corpus: "c",
    title: "Title",
    headings: [],
    text: "Words.",
    source: { file: "rows.jsonl", document, start: 10, end: 16 },
    metadata: {},
  });
  const place = (document: string) =>
    renderPassage({ terminal: terminal(80), number: 1, passage: passage(document) }).at(-1);

  it("names the document whose characters are counted where it is not the file", () => {
    expect(place("d-17")).toBe("   c, rows.jsonl, document d-17, characters 10–16");
    expect(place("rows.jsonl")).toBe("   c, rows.jsonl, characters 10–16");
  });
});

describe("a web page and rows", () => {
  const page = {
    url: "https://www.nhs.uk/a",
    title: "Effusion\u001b[31m",
    site: "NHS",
    published: "2024",
    trusted: false,
    text: "First. It blunts the angle.",
    from: "page" as const,
  };

  it("show the cited words, where they are from, and that nobody vouches for it", () => {
    const shown = renderPage({ terminal: terminal(90), number: 1, page, cited: [{ start: 7, end: 27 }] });
    expect(shown).toEqual([
      " 1 Effusion",
      "   It blunts the angle.",
      "   NHS · 2024 · no trusted publisher · https://www.nhs.uk/a",
    ]);
  });

  it("show the SQL, the first rows by name, and that there were more", () => {
    const table = { database: "ehr", columns: ["id", "name"], rows: [[1, null]], truncated: true };
    const shown = renderRows({ terminal: terminal(90), number: 2, query: "select *", table });
    expect(shown).toEqual([" 2 select *", "   id 1 · name –", "   ehr, 1 row, there were more"]);
  });
});
