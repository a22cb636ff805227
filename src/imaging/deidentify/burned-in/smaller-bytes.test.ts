import { describe, expect, it } from "vitest";
import { invertBytes, keepSmaller } from "./smaller-bytes.ts";

describe("bytes four at a time", () => {
  it("keeps the smaller one of every pair of values, whatever stands beside it", () => {
    const pairs = Array.from({ length: 65_536 }, (_, pair) => [pair >> 8, pair & 255] as const);
    const bytes = Uint8Array.from(pairs, ([one]) => one);
    keepSmaller(
      bytes,
      Uint8Array.from(pairs, ([, other]) => other),
    );
    expect(bytes).toEqual(Uint8Array.from(pairs, ([one, other]) => Math.min(one, other)));
  });

  it("inverts values", () => {
    const bytes = Uint8Array.of(0, 1, 128, 255);
    invertBytes(bytes);
    expect(bytes).toEqual(Uint8Array.of(255, 254, 127, 0));
  });
});
