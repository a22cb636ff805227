import { describe, expect, it } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";

describe("normalQuantile", () => {
  it.each([
    [0.5, 0],
    [0.9, 1.2815515655446008],
    [0.95, 1.6448536269514715],
    [0.975, 1.9599639845400536],
    [0.995, 2.5758293035489],
    // The three values by which Wichura (1988) tells a reader to check an implementation.
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798409],
  ])("of %f is %f", (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 13);
  });
});
