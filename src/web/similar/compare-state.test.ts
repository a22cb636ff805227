import { describe, expect, it } from "vitest";
import { act, atFirst, type CompareAction, compareKeys } from "./compare-state.ts";

const reached = (...actions: CompareAction[]) => actions.reduce(act, atFirst);

describe("comparing two images", () => {
  it("blinks between them in one place, and goes back beside one another", () => {
    expect(reached("blink")).toMatchObject({ layout: "one-place", shown: "case" });
    expect(reached("blink", "blink")).toMatchObject({ layout: "one-place", shown: "question" });
    expect(reached("blink", "layout")).toMatchObject({ layout: "beside", shown: "question" });
  });

  it("swaps the sides, and keeps zoom and map while it does", () => {
    const zoomed = reached("map", "larger", "swap");
    expect(zoomed).toMatchObject({ layout: "beside", shown: "case", hasMap: true });
    expect(zoomed.view.scale).toBeGreaterThan(1);
    expect(act(act(zoomed, "fit"), "swap")).toEqual({ ...atFirst, hasMap: true });
  });

  it("moves by arrows to what lies in their direction", () => {
    const zoomed = reached("larger");
    expect(act(zoomed, "pan-right").view.x).toBeLessThan(zoomed.view.x);
    expect(act(zoomed, "pan-up").view.y).toBeGreaterThan(zoomed.view.y);
    expect(act(zoomed, "smaller").view).toEqual(atFirst.view);
  });

  it("has a key for each of its actions", () => {
    expect(new Set(Object.values(compareKeys)).size).toBe(11);
  });
});
