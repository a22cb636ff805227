import { describe, expect, it } from "vitest";
import type { RelationQuery } from "#imaging";
import { createRandom } from "#statistics";
import { createLeakGuard, type GuardedItem } from "./leak-guard.ts";

/** A case whose picture is another for each number. */
function caseOf(id: string, picture: number, ids: Partial<RelationQuery> = {}): GuardedItem {
  const random = createRandom(picture);
  const cells = Array.from({ length: 256 }, random);
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  const length = Math.hypot(...cells.map((cell) => cell - mean));
  const fingerprint = Float32Array.from([...cells.map((cell) => (cell - mean) / length), 0]);
  const unknown = { patientId: "", studyId: "", slideId: "" };
  return { id, image: { ...unknown, pixelHash: `pixels ${picture}`, fingerprint, ...ids } };
}

const sentence =
  "The left lower lobe shows a dense consolidation with an air bronchogram and a small effusion.";

describe("the leak guard", () => {
  it("tells each query's reasons with the items, and the share of queries that is touched", async () => {
    const library = [
      caseOf("a", 1, { patientId: "p1" }),
      caseOf("b", 2, { patientId: "p1" }),
      caseOf("c", 3, { slideId: "s1" }),
      { id: "d", text: `A report. ${sentence}` },
    ];
    const queries = [
      caseOf("same image", 1),
      caseOf("same picture", 2, { pixelHash: "encoded again" }),
      caseOf("same slide", 9, { slideId: "s1" }),
      { ...caseOf("same words", 10), text: sentence },
      caseOf("new", 11, { patientId: "p9" }),
    ];
    const report = await createLeakGuard().check({ queries, library });
    const both = { count: 2, items: ["a", "b"] };
    expect(report).toEqual({
      queries: 5,
      items: 4,
      touched: 4,
      share: 0.8,
      reasons: { sameImage: 1, nearIdentical: 1, samePatient: 2, sameSlide: 1, overlappingText: 1 },
      leaks: [
        { query: "same image", reasons: { sameImage: { count: 1, items: ["a"] }, samePatient: both } },
        { query: "same picture", reasons: { nearIdentical: { count: 1, items: ["b"] }, samePatient: both } },
        { query: "same slide", reasons: { sameSlide: { count: 1, items: ["c"] } } },
        { query: "same words", reasons: { overlappingText: { count: 1, items: ["d"] } } },
      ],
    });
  });

  it("knows a patient by any of the ids that an item of the library has", async () => {
    const library = [caseOf("named twice", 1, { patientId: "p1", patientIds: ["hash of p1"] })];
    const queries = [caseOf("by its file alone", 2, { patientIds: ["hash of p1"] })];
    expect((await createLeakGuard().check({ queries, library })).reasons.samePatient).toBe(1);
  });

  it("names ten items of a reason and counts all", async () => {
    const library = Array.from({ length: 12 }, (_, index) =>
      caseOf(`c${String(index).padStart(2, "0")}`, index, { patientId: "p" }),
    );
    const { leaks } = await createLeakGuard().check({
      queries: [caseOf("q", 99, { patientId: "p" })],
      library,
    });
    const items = library.slice(0, 10).map(({ id }) => id);
    expect(leaks).toEqual([{ query: "q", reasons: { samePatient: { count: 12, items } } }]);
  });

  it("sees that a split by patch leaves a slide on both sides, and one by slide does not", async () => {
    const patches = Array.from({ length: 40 }, (_, index) =>
      caseOf(`patch ${index}`, index, { slideId: `slide ${Math.floor(index / 10)}` }),
    );
    const share = async (isTest: (index: number) => boolean) => {
      const queries = patches.filter((_, index) => isTest(index));
      const library = patches.filter((_, index) => !isTest(index));
      return (await createLeakGuard().check({ queries, library })).share;
    };
    expect(await share((index) => index % 5 === 0)).toBe(1);
    expect(await share((index) => index >= 30)).toBe(0);
  });

  it("sees the patients that a split by the order of rows cuts through", async () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      caseOf(`row ${index}`, index, { patientId: `patient ${Math.floor(index / 4)}` }),
    );
    const report = await createLeakGuard().check({ queries: rows.slice(22), library: rows.slice(0, 22) });
    expect(report).toMatchObject({ queries: 8, touched: 2, reasons: { samePatient: 2 } });
  });

  it("compares anew what it is given: nothing of an earlier check stays", async () => {
    const guard = createLeakGuard();
    const [query, copy] = [caseOf("q", 1), caseOf("copy", 1)];
    expect((await guard.check({ queries: [query], library: [copy] })).touched).toBe(1);
    expect((await guard.check({ queries: [query], library: [] })).touched).toBe(0);
    expect((await guard.check({ queries: [], library: [copy] })).share).toBe(0);
  });

  it("tells how far it is, and stops when it is aborted", async () => {
    const library = Array.from({ length: 200 }, (_, index) => caseOf(`c${index}`, index));
    const aborting = new AbortController();
    let read = 0;
    const checked = createLeakGuard().check({
      queries: [caseOf("q", 1)],
      library,
      onProgress: ({ items }) => {
        read = items;
        if (items === 100) aborting.abort(new Error("Enough."));
      },
      signal: aborting.signal,
    });
    await expect(checked).rejects.toThrow("Enough.");
    expect(read).toBe(100);
  });
});
