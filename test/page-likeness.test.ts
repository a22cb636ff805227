import { expect, it } from "vitest";
import { builtInDescriptor } from "../src/imaging/index.ts";
import { isUnlike } from "../src/web/evidence/case-score.ts";

it("the page calls the same cases unlike as a round does", () => {
  const { unlikeBelow } = builtInDescriptor;
  expect(isUnlike({ likeness: unlikeBelow })).toBe(false);
  expect(isUnlike({ likeness: unlikeBelow - 1e-9 })).toBe(true);
});
