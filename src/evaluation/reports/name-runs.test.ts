import { expect, it } from "vitest";
import { nameRuns } from "./name-runs.ts";

it.each([
  { names: ["before", "after"], folders: ["runs/a", "runs/b"], called: ["before", "after"] },
  { names: ["same", "same"], folders: ["runs/a", "runs/b"], called: ["a", "b"] },
  { names: ["same", "same"], folders: ["one/run", "other/run"], called: ["first", "second"] },
])("calls runs $names in $folders $called", ({ names: [one = "", other = ""], folders, called }) => {
  const [first = "", second = ""] = folders;
  const runs = [
    { folder: first, run: { name: one } },
    { folder: second, run: { name: other } },
  ] as const;
  expect(nameRuns(runs)).toEqual(called);
});
