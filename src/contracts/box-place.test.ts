import { describe, expect, it } from "vitest";
import { namePlace } from "./index.ts";

describe("the place of a box", () => {
  it.each([
    [{ x: 0, y: 0, width: 0.2, height: 0.2 }, "upper left"],
    [{ x: 0.8, y: 0.4, width: 0.2, height: 0.2 }, "middle right"],
    [{ x: 0.4, y: 0.4, width: 0.2, height: 0.2 }, "center"],
    [{ x: 0.25, y: 0.8, width: 0.5, height: 0.2 }, "lower center"],
    [{ x: 1, y: 1, width: 0, height: 0 }, "lower right"],
  ])("of %j is %s, as it is seen", (box, place) => {
    expect(namePlace(box)).toBe(place);
  });
});
