import { describe, expect, it } from "vitest";
import { createOntologyEntities } from "../entities/ontology-entities.ts";
import { findRewardProfile } from "./find-reward-profile.ts";
import { hashRewardProfile } from "./hash-reward-profile.ts";
import { rewardProfiles } from "./list.ts";

describe("findRewardProfile", () => {
  it.each(rewardProfiles)("finds $name", (profile) => {
    expect(findRewardProfile(profile.name)).toBe(profile);
  });

  it("replaces weights and adds rewards", () => {
    const profile = findRewardProfile("med-r1", { accuracy: 3, length: 0.5 });
    expect(profile.components.map(({ reward, weight }) => [reward.name, weight])).toEqual([
      ["accuracy", 3],
      ["think-then-answer", 1],
      ["length", 0.5],
    ]);
  });

  it.each([
    ["nothing", {}, /There is no reward profile nothing; there are .*med-r1/],
    ["med-r1", { luck: 1 }, /There is no reward luck; there are accuracy/],
    ["med-r1", { accuracy: Number.NaN }, /The weight of accuracy is no number/],
  ])("refuses %s with weights %j", (name, weights, message) => {
    expect(() => findRewardProfile(name, weights)).toThrow(
      expect.objectContaining({ code: "reward-profile-unknown", message: expect.stringMatching(message) }),
    );
  });
});

describe("the hash of a configuration", () => {
  it("tells profiles, weights, ways to find entities and safety checklists apart, and nothing else", () => {
    const ontology = createOntologyEntities("ontology:1", []);
    const hashes = [
      ...rewardProfiles.map((profile) => hashRewardProfile(profile)),
      hashRewardProfile(findRewardProfile("med-r1", { accuracy: 2 })),
      hashRewardProfile(findRewardProfile("med-r1"), { entityFinder: ontology }),
      hashRewardProfile(findRewardProfile("med-r1"), { safetyChecklist: { name: "safety", items: [] } }),
      hashRewardProfile({ ...findRewardProfile("med-r1"), version: 2 }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashRewardProfile(findRewardProfile("med-r1", { accuracy: 1 }))).toBe(
      hashRewardProfile(findRewardProfile("med-r1")),
    );
  });
});
