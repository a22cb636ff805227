import { describe, expect, it } from "vitest";
import { fitBlock } from "./fit-block.ts";

/** The same numbers at each run, about normal: a sum of twelve. */
function normalNumbers(): () => number {
  let state = 11;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
}

/** Cases that vary by about 2, 1.5, 1 and 1 in four numbers, of which the first two go together; the last tells three labels apart. */
function madeCases(count: number) {
  const normal = normalNumbers();
  return Array.from({ length: count }, (_, index) => {
    const common = normal();
    const values = [2 * normal() + common, 1.5 * normal() + common, normal(), normal() + 2 * (index % 3)];
    return { vector: Float32Array.from(values), labels: [`label ${index % 3}`] };
  });
}

describe("a fitted block", () => {
  const cases = madeCases(3_000);
  const map = fitBlock(cases, 4)!;
  const project = (vector: Float32Array) =>
    Array.from({ length: 4 }, (_, row) =>
      vector.reduce((sum, value, at) => sum + map.matrix[row * 4 + at]! * (value - map.mean[at]!), 0),
    );

  it("makes the directions of a label's cases independent and nearly equal, but those that tell labels apart", () => {
    const placed = cases.map(({ vector, labels }) => ({ label: labels[0]!, place: project(vector) }));
    const groups = [...Map.groupBy(placed, ({ label }) => label).values()];
    const rest = groups.flatMap((group) => {
      const means = [0, 1, 2, 3].map(
        (at) => group.reduce((sum, { place }) => sum + place[at]!, 0) / group.length,
      );
      return group.map(({ place }) => place.map((value, at) => value - means[at]!));
    });
    const covariance = (a: number, b: number) =>
      rest.reduce((sum, row) => sum + row[a]! * row[b]!, 0) / rest.length;
    // The first is stretched, since it tells the labels apart: by at most 2, which is 4 in variance.
    expect(covariance(0, 0)).toBeGreaterThan(2);
    expect(covariance(0, 0)).toBeLessThan(4);
    for (const at of [1, 2, 3]) {
      expect(covariance(at, at)).toBeGreaterThan(0.6);
      expect(covariance(at, at)).toBeLessThan(1.4);
      for (let other = 0; other < at; other++) expect(Math.abs(covariance(at, other))).toBeLessThan(0.15);
    }
  });

  it("puts first what tells the labels apart", () => {
    const means = [0, 1, 2].map((label) => {
      const own = cases.filter(({ labels }) => labels[0] === `label ${label}`);
      return own.reduce((sum, { vector }) => sum + project(vector)[0]!, 0) / own.length;
    });
    expect(Math.abs(means[2]! - means[0]!)).toBeGreaterThan(3);
  });
});
