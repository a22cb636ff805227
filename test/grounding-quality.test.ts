import { expect, it } from "vitest";
import { judgePairs } from "../bench/grounding/judge-pairs.ts";

it("finds most of what the evidence bears, and little else, on the pairs of docs/quality-grounding.md", async () => {
  const pairs = await judgePairs();
  expect(pairs.length).toBeGreaterThanOrEqual(120);
  for (const set of ["tuning", "held-out"]) {
    const own = pairs.filter((pair) => pair.set === set);
    const right = own.filter(({ supported, borneOut }) => supported && borneOut).length;
    expect(right / own.filter(({ borneOut }) => borneOut).length).toBeGreaterThanOrEqual(0.9);
    expect(right / own.filter(({ supported }) => supported).length).toBeGreaterThanOrEqual(0.8);
  }
  for (const kind of ["number", "side", "negated", "unrelated", "partly"]) {
    const own = pairs.filter((pair) => pair.kind === kind);
    expect(own.filter(({ borneOut }) => borneOut).length / own.length, kind).toBeLessThanOrEqual(0.1);
  }
});
