import fc from "fast-check";
import { expect, it } from "vitest";
import { splitAsPublished, splitSamples } from "./split-samples.ts";
import { makeSample } from "./test-samples.ts";

const id = (name: string) =>
  fc.constantFrom("", ...Array.from({ length: 8 }, (_, index) => `${name}${index}`));

it("splits so that nothing is shared, also through others, keeps every sample, and is deaf to the order of files", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ patient: id("p"), slide: id("s") }), { maxLength: 30 }),
      fc.nat(50),
      (rows, seed) => {
        const samples = rows.map((row, index) => makeSample(`s${index}`, row));
        // Throws where the parts share something.
        const { asked, pool } = splitSamples(samples, { share: 0.3, seed });
        expect([...asked, ...pool].map((one) => one.id).sort()).toEqual(samples.map((one) => one.id).sort());
        expect(splitSamples(samples.toReversed(), { share: 0.3, seed })).toEqual({ asked, pool });
      },
    ),
    { numRuns: 100 },
  );
});

it("has the share that was asked for where groups are small", () => {
  const samples = Array.from({ length: 200 }, (_, index) =>
    makeSample(`s${index}`, { patient: `p${index >> 1}` }),
  );
  expect(splitSamples(samples, { share: 0.2, seed: 4 }).asked).toHaveLength(40);
});

it("holds back the last of each class as published, whatever slides they are of, and keeps one of each", () => {
  const samples = Array.from({ length: 101 }, (_, index) =>
    makeSample(`s${String(index).padStart(3, "0")}`, {
      answer: index === 100 ? "flat" : "round",
      slide: "one",
    }),
  );
  const { asked, pool } = splitAsPublished(samples, { share: 0.02, seed: 3 });
  expect(asked).toHaveLength(2);
  expect([...asked, ...pool].map(({ id }) => id).sort()).toEqual(samples.map(({ id }) => id));
  expect(pool.map(({ id }) => id)).toContain("s100");
  expect(splitAsPublished(samples.toReversed(), { share: 0.02, seed: 3 })).toEqual({ asked, pool });
});
