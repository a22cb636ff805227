import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EmptyResultsState, tellEmptyResults, watchEmptyResults } from "./empty-results.ts";

function watch(alarm: { share: number; window: number; atLeast: number }) {
  const told: EmptyResultsState[] = [];
  const results = watchEmptyResults(alarm, (state) => told.push(state));
  const count = (isEmpty: boolean, times: number) => {
    for (let time = 0; time < times; time++) results.count(isEmpty);
  };
  return { results, count, told };
}

describe("the alarm of empty results", () => {
  it("waits for enough queries, and is raised once when the share reaches the threshold", () => {
    const { results, count, told } = watch({ share: 0.5, window: 200, atLeast: 50 });
    count(true, 49);
    expect(results.state()).toEqual({ share: 1, queries: 49, alarm: false, threshold: 0.5 });
    count(true, 100);
    expect(told).toEqual([{ share: 1, queries: 50, alarm: true, threshold: 0.5 }]);
  });

  it("is not raised below the threshold", () => {
    const { count, told } = watch({ share: 0.5, window: 200, atLeast: 50 });
    for (let round = 0; round < 300; round++) {
      count(false, 6);
      count(true, 5);
    }
    expect(told).toEqual([]);
  });

  it("forgets what lies before its window, and is over well below the threshold", () => {
    const { results, count, told } = watch({ share: 0.5, window: 10, atLeast: 5 });
    count(true, 10);
    count(false, 6);
    expect(results.state()).toMatchObject({ share: 0.4, queries: 10, alarm: true });
    count(false, 1);
    expect(results.state()).toMatchObject({ share: 0.3, alarm: false });
    expect(told.map(({ alarm }) => alarm)).toEqual([true, false]);
    count(true, 5);
    expect(told.map(({ alarm }) => alarm)).toEqual([true, false, true]);
  });

  it("is not raised again and again by a share that wavers about the threshold", () => {
    const { count, told } = watch({ share: 0.5, window: 99, atLeast: 50 });
    for (let round = 0; round < 500; round++) {
      count(true, 1);
      count(false, 1);
    }
    expect(told).toHaveLength(1);
  });

  it("keeps the share of exactly the latest queries, whatever came", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        (given, window) => {
          const { results } = watch({ share: 0.5, window, atLeast: 1 });
          for (const isEmpty of given) results.count(isEmpty);
          const latest = given.slice(-window);
          const share = latest.length === 0 ? 0 : latest.filter(Boolean).length / latest.length;
          expect(results.state()).toMatchObject({ share, queries: latest.length });
        },
      ),
    );
  });

  it("says what happened and what to look at", () => {
    const state = { share: 0.62, queries: 200, threshold: 0.5 };
    expect(tellEmptyResults({ ...state, alarm: true })).toBe(
      "Alarm: 62 % of the last 200 queries found nothing (threshold 50 %). Check the trainer's queries and the library.",
    );
    expect(tellEmptyResults({ ...state, alarm: false })).toContain("is over: 62 % of the last 200 queries");
  });
});
