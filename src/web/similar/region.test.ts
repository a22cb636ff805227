import { describe, expect, it } from "vitest";
import { boxAfterKey, boxBetween, leastSide, middleBox } from "./region.ts";

describe("a region", () => {
  it("is drawn between two points, in either direction, and stays in the image", () => {
    const drawn = boxBetween({ x: 0.5, y: 0.75 }, { x: 0.25, y: 0.25 });
    expect(drawn).toEqual({ x: 0.25, y: 0.25, width: 0.25, height: 0.5 });
    expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 1.5, y: -1 })).toEqual({
      x: 0.5,
      y: 0,
      width: 0.5,
      height: 0.5,
    });
  });

  it("is none where the pointer hardly moved", () => {
    expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 0.51, y: 0.9 })).toBeNull();
  });

  it("moves and grows by keys, never out of the image nor to nothing", () => {
    const pressed = (key: string, sizes: boolean) => {
      let box = middleBox;
      for (let times = 0; times < 40; times++) box = boxAfterKey(box, key, { sizes }) ?? box;
      return box;
    };
    expect(pressed("ArrowLeft", false)).toEqual({ ...middleBox, x: 0 });
    expect(pressed("ArrowDown", false)).toEqual({ ...middleBox, y: 0.5 });
    expect(pressed("ArrowRight", true)).toEqual({ ...middleBox, width: 0.75 });
    expect(pressed("ArrowUp", true)).toEqual({ ...middleBox, height: leastSide });
    expect(boxAfterKey(middleBox, "Enter", { sizes: false })).toBeNull();
  });
});
