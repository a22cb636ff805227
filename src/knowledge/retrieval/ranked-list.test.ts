import { expect, it } from "vitest";
import { mergeByScore } from "./ranked-list.ts";

it("merges the lists of several corpora by raw score, equal scores by id, each passage once at its best", () => {
  const textbooks = [
    { id: "t1", score: 9 },
    { id: "t2", score: 3 },
  ];
  const articles = [
    { id: "p1", score: 8 },
    { id: "p0", score: 3 },
    { id: "t2", score: 5 },
  ];
  expect(mergeByScore([textbooks, articles])).toEqual([
    { id: "t1", score: 9 },
    { id: "p1", score: 8 },
    { id: "t2", score: 5 },
    { id: "p0", score: 3 },
  ]);
});
