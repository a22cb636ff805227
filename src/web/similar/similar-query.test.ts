import { describe, expect, it } from "vitest";
import {
  filtersOf,
  firstQuery,
  isSameImage,
  knownImage,
  pageOfCases,
  withFilter,
  withImage,
  withoutFilters,
} from "./similar-query.ts";

const image = { type: "round", id: "r", image: 1, name: "view.png" } as const;

describe("what is asked of the similar cases", () => {
  it("is narrowed by one value a field, and told in the order of the fields", () => {
    const narrowed = withFilter(withFilter(firstQuery(image), "label", "Mass"), "view", "pa");
    expect(filtersOf(narrowed)).toEqual([
      { field: "view", value: "pa" },
      { field: "label", value: "Mass" },
    ]);
    expect(filtersOf(withFilter(narrowed, "view", null))).toEqual([{ field: "label", value: "Mass" }]);
    expect(filtersOf(withoutFilters(narrowed))).toEqual([]);
  });

  it("begins again with few cases when it changes, and keeps what it is narrowed to for another image", () => {
    const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const grown = { ...withFilter(firstQuery(image), "view", "pa"), top: 96, box };
    const other = withImage(grown, { ...image, image: 2 });
    expect(other).toMatchObject({ top: pageOfCases, box: null, filter: { view: "pa" } });
    expect(withFilter(grown, "label", "Mass")).toMatchObject({ top: pageOfCases, box });
  });

  it("names the image to the server", () => {
    expect(knownImage(image)).toEqual({ type: "round", id: "r", image: 1 });
    expect(isSameImage(image, { ...image, name: "again.png" })).toBe(true);
    expect(isSameImage(image, { ...image, image: 2 })).toBe(false);
  });
});
