import { describe, expect, it } from "vitest";
import { classFigures, meanFigure } from "./class-figures.ts";

const answer = (gold: string, label: string | null, cluster: string) => ({ gold, label, cluster });

describe("classFigures", () => {
  const answers = [
    answer("A", "A", "1"),
    answer("A", "A", "1"),
    answer("A", "B", "2"),
    answer("B", "B", "3"),
    answer("B", null, "4"),
    answer("C", "X", "5"),
  ];

  it("counts what was not read as wrong, and a label that was only said as a class without any right", () => {
    const { accuracy, balancedAccuracy, macroF1, weightedF1 } = classFigures(answers);
    expect(accuracy.value).toBeCloseTo(3 / 6, 15);
    expect(balancedAccuracy.value).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 15);
    expect(macroF1.value).toBeCloseTo((4 / 5 + 2 / 4 + 0 + 0) / 4, 15);
    expect(weightedF1.value).toBeCloseTo((3 * (4 / 5) + 2 * (2 / 4)) / 6, 15);
  });

  it("gives intervals over clusters, whatever the order of the answers; none of one cluster", () => {
    const figures = classFigures(answers);
    expect(classFigures(answers.toReversed())).toEqual(figures);
    const [low, high] = figures.accuracy.interval ?? [];
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
    expect(classFigures([answer("A", "A", "1")]).accuracy).toEqual({ value: 1, interval: null });
    // SciPy's binomtest(11, 11).proportion_ci(method="wilson").
    const right = Array.from({ length: 11 }, (_, index) => answer("A", "A", `${index}`));
    expect(classFigures(right).accuracy).toEqual({ value: 1, interval: [expect.closeTo(0.741167, 6), 1] });
  });

  it("gives figures of thousands of classes without intervals by class", () => {
    const texts = Array.from({ length: 5_000 }, (_, index) =>
      answer(`gold ${index}`, `gold ${index % 10}`, `${index}`),
    );
    const { accuracy, macroF1 } = classFigures(texts);
    expect([accuracy.interval?.length, macroF1.interval]).toEqual([2, null]);
  });

  it("is wider where answers share clusters", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      value: index < 30 ? 1 : 0,
      cluster: `${index}`,
    }));
    const shared = many.map(({ value, cluster }) => ({
      value,
      cluster: `${Math.floor(Number(cluster) / 6)}`,
    }));
    const width = (values: typeof many) => {
      const [low, high] = meanFigure(values).interval ?? [0, 0];
      return high - low;
    };
    expect(width(shared)).toBeGreaterThan(1.5 * width(many));
  });
});
