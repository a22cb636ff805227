import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempt, type Selection, select } from "./select.ts";

const attempts = fc
  .array(
    fc.record({
      score: fc.option(fc.integer({ min: -3, max: 3 })),
      right: fc.constantFrom(true, false, null),
      answered: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((drawn) => drawn.map((one, attempt): Attempt => ({ ...one, attempt, seed: attempt })));
const selections = fc.record({
  difficulties: fc.constant([]),
  withWrong: fc.boolean(),
  best: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  minimumScore: fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined }),
  pairs: fc.integer({ min: 1, max: 4 }),
  margin: fc.integer({ min: 0, max: 3 }),
});
const plain: Selection = { difficulties: [], withWrong: false, pairs: 1, margin: 0 };
const kinds = fc.constantFrom("sft", "dpo", "grpo");

const draw = (...scores: number[]): Attempt[] =>
  scores.map((score, attempt) => ({ attempt, seed: attempt, score, right: score > 0, answered: true }));

describe("select", () => {
  it("gives the same in any order, and each attempt stands in one row or is counted as left out", () => {
    fc.assert(
      fc.property(attempts, selections, kinds, (all, selection, kind) => {
        const options = { kind, selection, difficulty: "sometimes" } as const;
        const { rows, leftOut } = select(all, options);
        expect(select(all.toReversed(), options)).toEqual({ rows, leftOut });
        const used = rows.flat();
        expect(new Set(used).size).toBe(used.length);
        const counted = [...leftOut.values()].reduce((sum, one) => sum + one, 0);
        expect(used.length + counted).toBe(all.length);
      }),
    );
  });

  it("never learns from a wrong answer unless it is told to, and never pairs below the margin", () => {
    fc.assert(
      fc.property(attempts, selections, fc.constantFrom("sft", "dpo"), (all, selection, kind) => {
        for (const [chosen, rejected] of select(all, { kind, selection, difficulty: "sometimes" }).rows) {
          if (!selection.withWrong) expect(chosen.right && chosen.answered).toBe(true);
          if (selection.minimumScore !== undefined)
            expect(chosen.score).toBeGreaterThanOrEqual(selection.minimumScore);
          if (!rejected) continue;
          const margin = chosen.score! - rejected.score!;
          expect(margin).toBeGreaterThan(0);
          expect(margin).toBeGreaterThanOrEqual(selection.margin);
        }
      }),
    );
  });

  it("pairs the best with the worst, and the second best with the second worst", () => {
    const { rows, leftOut } = select(draw(2, -1, 3, 0, 1), {
      ...{ kind: "dpo", difficulty: "sometimes" },
      selection: { ...plain, pairs: 5 },
    });
    expect(rows.map((pair) => pair.map(({ score }) => score))).toEqual([
      [3, -1],
      [2, 0],
    ]);
    expect(leftOut).toEqual(new Map([["unpaired", 1]]));
  });

  it("takes nothing of a question of another difficulty", () => {
    const selection: Selection = { ...plain, difficulties: ["sometimes", "never"] };
    const { rows, leftOut } = select(draw(1, 1), { kind: "grpo", difficulty: "always", selection });
    expect([rows, leftOut]).toEqual([[], new Map([["difficulty", 2]])]);
  });
});
