import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shippedSafetyChecklist } from "../../../test/support/safety-checklist.ts";
import { readWorkedCases } from "../../../test/support/worked-cases.ts";
import { rewards } from "./components/list.ts";
import { rewardProfiles } from "./profiles/list.ts";
import { readTrajectory } from "./read-trajectory.ts";
import { scoreTrajectories } from "./score.ts";

const document = readFileSync(join(import.meta.dirname, "../../../docs/rewards.md"), "utf8");
const cases = readWorkedCases(document);
const context = { safetyChecklist: shippedSafetyChecklist };

describe("the worked cases of docs/rewards.md", () => {
  it("are at least forty", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });

  it.each(cases)("$name: $row", ({ name, trajectory, expected }) => {
    const reward = rewards.find((one) => one.name === name);
    const profile = rewardProfiles.find((one) => one.name === name);
    const value = reward
      ? reward.read(readTrajectory(trajectory, context)).value
      : scoreTrajectories(profile!, [trajectory], context)[0]!.total;
    if (expected === null || value === null) expect(value).toBe(expected);
    else expect(value).toBeCloseTo(expected, 4);
  });
});

describe("docs/rewards.md", () => {
  it.each(rewards)("says what $name pays, with worked cases", ({ name, about }) => {
    expect(document).toContain(`| \`${name}\` | ${about} |`);
    expect(cases.map((one) => one.name)).toContain(name);
  });

  it.each(rewardProfiles)("has the weights of $name, with worked cases", ({ name, about, components }) => {
    const weights = components.map(({ reward, weight }) => `${reward.name} ${weight}`).join(", ");
    expect(document).toContain(`| \`${name}\` | ${about} | ${weights} |`);
    expect(cases.map((one) => one.name)).toContain(name);
  });
});
