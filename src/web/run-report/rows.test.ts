import { describe, expect, it } from "vitest";
import { type ReportIndex, reportStates } from "#contracts";
import { readReportAddress } from "./address.ts";
import { createRowFinder, noFilter } from "./filter-rows.ts";
import { findFlips } from "./find-flips.ts";
import { inOrder, sortRows } from "./sort-rows.ts";
import { sayFigure, signed } from "./words.ts";

const states = (...names: (typeof reportStates)[number][]) => names.map((name) => reportStates.indexOf(name));

const index: ReportIndex = {
  samples: {
    ids: ["a", "b"],
    sourceIds: ["film-1", "film-2"],
    dataSets: ["films", "films"],
    questions: ["Is there an Effusion?", "Is there air?"],
    golds: ["A yes", "B no"],
    tags: [{ view: "PA" }, { view: "AP" }],
    images: [[], []],
  },
  arms: ["first", "second"],
  rows: {
    arm: [0, 0, 1, 1],
    sample: [0, 1, 0, 1],
    repeat: [0, 0, 0, 0],
    state: states("right", "wrong", "wrong", "right"),
    rung: ["strict", "tolerant", "strict", ""],
    said: ["A yes", "A yes", "B no", "B no"],
    correct: [1, 0, 0, 1],
    confidence: [0.9, null, 0.2, 0.5],
    milliseconds: [4, 3, 2, 1],
    place: [0, 1, 2, 3],
  },
  chunkStarts: [0],
  chunkFiles: [],
  images: [],
};
const find = createRowFinder(index);
const rows = (filter: Partial<typeof noFilter>) => [...find({ ...noFilter, ...filter })];

describe("createRowFinder", () => {
  it("lets rows through that fit every part of the filter", () => {
    expect(rows({})).toEqual([0, 1, 2, 3]);
    expect(rows({ state: "wrong" })).toEqual([1, 2]);
    expect(rows({ state: "wrong", arm: 1 })).toEqual([2]);
    expect(rows({ rung: "strict" })).toEqual([0, 2]);
    expect(rows({ tag: { name: "view", value: "AP" } })).toEqual([1, 3]);
    expect(rows({ text: " EFFUSION" })).toEqual([0, 2]);
    expect(rows({ text: "film-2", arm: 0 })).toEqual([1]);
    expect(rows({ text: "b no" })).toEqual([1, 2, 3]);
  });
});

describe("sortRows", () => {
  const sort = (key: Parameters<typeof sortRows>[1]["key"], descending = false) => [
    ...sortRows(find(noFilter), { key, descending }, index),
  ];

  it("puts unknown values last either way, and keeps equal rows in order", () => {
    expect(sort("confidence")).toEqual([2, 3, 0, 1]);
    expect(sort("confidence", true)).toEqual([0, 3, 2, 1]);
    expect(sort("said")).toEqual([0, 1, 2, 3]);
    expect(sort("time")).toEqual([3, 2, 1, 0]);
    expect([...sortRows(find(noFilter), inOrder, index)]).toEqual([0, 1, 2, 3]);
  });
});

describe("findFlips", () => {
  it("tells what one of two arms has right alone", () => {
    expect(findFlips(index, 0, 1)).toEqual({
      common: 2,
      gained: [{ first: 1, second: 3 }],
      lost: [{ first: 0, second: 2 }],
      changed: [],
    });
    expect(findFlips(index, 0, 0)).toMatchObject({ common: 2, gained: [], lost: [], changed: [] });
  });
});

describe("readReportAddress", () => {
  it.each([
    ["", { view: "results", place: null }],
    ["#samples", { view: "samples", place: null }],
    ["#samples/17", { view: "samples", place: { row: 17, beside: null } }],
    ["#compare/0/40", { view: "compare", place: { row: 0, beside: 40 } }],
    ["#samples/x", { view: "results", place: null }],
    ["#elsewhere", { view: "results", place: null }],
  ])("reads %j", (hash, address) => {
    expect(readReportAddress(hash)).toEqual(address);
  });
});

describe("figures in words", () => {
  it("have a minus sign, no sign of what rounds to zero, and digits for small ones", () => {
    expect([sayFigure(null), sayFigure(-0.25), sayFigure(0.00013), sayFigure(195.42)]).toEqual([
      "–",
      "−0.250",
      "0.000130",
      "195.4",
    ]);
    expect([signed(0.1), signed(-0.1), signed(0)]).toEqual(["+0.100", "−0.100", "0.000"]);
  });
});
