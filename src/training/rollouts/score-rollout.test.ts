import { describe, expect, it } from "vitest";
import { findRewardProfile } from "../rewards/profiles/find-reward-profile.ts";
import { scoreRollout } from "./score-rollout.ts";
import { testRollout } from "./test-rollout.ts";

const profile = findRewardProfile("med-rwr-stage2");

describe("scoreRollout", () => {
  it("says whether it is right, whatever the profile, and what the profile pays", () => {
    const right = scoreRollout(testRollout({ correct: null }), { profile });
    expect(right).toMatchObject({ correct: 1, reward: { profile: "med-rwr-stage2", flags: [] } });
    expect(right.reward?.components).toMatchObject({ accuracy: 1 });
    const text = "<answer>B</answer>";
    const wrong = testRollout({ transcript: { text, environment: [] }, retrieved: [] });
    expect(scoreRollout(wrong, { profile: null })).toMatchObject({ correct: 0, reward: null });
    expect(scoreRollout(wrong, { profile }).reward?.total).toBeLessThan(right.reward?.total ?? 0);
  });

  it("says nothing of a question without a right answer", () => {
    const { question } = testRollout();
    const gold = { aliases: [], entities: [], sources: [] };
    expect(scoreRollout(testRollout({ question: { ...question, gold } }), { profile }).correct).toBeNull();
  });
});
