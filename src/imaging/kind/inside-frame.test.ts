import { describe, expect, it } from "vitest";
import { insideFrame } from "./inside-frame.ts";
import { pictureSide as side } from "./shrink-picture.ts";

function draw(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, cell) => value(cell % side, Math.floor(cell / side)));
}
const texture = (x: number, y: number) => 100 + ((x * 31 + y * 17) % 80);
const whole = { left: 0, top: 0, right: side, bottom: side };

describe("the frame around a picture", () => {
  it("is left out where it is black, also with a word in it", () => {
    const framed = draw((x, y) => {
      if (x >= 30 && y >= 10) return texture(x, y);
      return y === 4 && x > 60 && x < 70 ? 255 : 0;
    });
    expect(insideFrame(framed)).toEqual({ left: 30, top: 10, right: side, bottom: side });
  });

  it("is left out where it is white or plain gray", () => {
    const white = draw((x, y) => (x >= 100 ? 255 : texture(x, y)));
    expect(insideFrame(white)).toEqual({ ...whole, right: 100 });
    const gray = draw((x, y) => (y >= 90 ? 128 : texture(x, y)));
    expect(insideFrame(gray)).toEqual({ ...whole, bottom: 90 });
  });

  it("is not there in a picture that fills its canvas, nor in one that is plain everywhere", () => {
    expect(insideFrame(draw(texture))).toEqual(whole);
    expect(insideFrame(draw(() => 0))).toEqual(whole);
  });
});
