import { expect, it } from "vitest";
import type { ArmSummary } from "#assembly";
import { renderArms } from "./render-arms.ts";

const terminal = { width: 200 } as Parameters<typeof renderArms>[1];
const few = "Only 17 samples: the figure says little.";

function summary(arm: string, warnings: readonly string[]): ArmSummary {
  const counts = { tasks: 17, answered: 17, failed: 0, unparsed: 0, refused: 0, abstained: 0 };
  const figure = {
    ...{ name: "accuracy", title: "accuracy", better: "higher" as const, value: 0.5, interval: null },
    ...{ samples: 17, of: 17, clusters: 17, warnings },
  } as const;
  return { arm, dataSet: arm.split(".")[0]!, isBaseline: false, ...counts, figure };
}

it("says once for a data set what all its arms and baselines are warned of", () => {
  const arms = [summary("few.model", [few]), summary("few.majority", [few]), summary("many.model", [])];
  expect(renderArms(arms, terminal).filter((line) => line.includes("Only"))).toEqual([`few: ${few}`]);
});

it("names the arms where only some of a data set are warned of", () => {
  const arms = [summary("set.one", [few]), summary("set.two", []), summary("set.three", [few])];
  expect(renderArms(arms, terminal).filter((line) => line.includes("Only"))).toEqual([
    `set.one, set.three: ${few}`,
  ]);
});
