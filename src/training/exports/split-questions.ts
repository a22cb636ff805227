import { sha256 } from "#platform";
import type { SplitName } from "./training-engine.ts";

/** What stands on both sides of a split, and should not. */
export type SplitOverlap = { groups: number; images: number };

/**
 * Into which split a group falls: by a hash of its name and the seed, so that a group lies in one split whole, in each export. `share` (0 to
 * 1) of the groups are for validation, about.
 */
export function splitOf(group: string, { share, seed }: { share: number; seed: number }): SplitName {
  const drawn = Number.parseInt(sha256(`${seed}\n${group}`).slice(0, 12), 16) / 2 ** 48;
  return drawn < share ? "validation" : "train";
}

/** How many groups and images questions of both splits have. */
export function findOverlap(
  questions: Iterable<{ split: SplitName; group: string; images: readonly string[] }>,
): SplitOverlap {
  const groups = { train: new Set<string>(), validation: new Set<string>() };
  const images = { train: new Set<string>(), validation: new Set<string>() };
  for (const question of questions) {
    groups[question.split].add(question.group);
    for (const image of question.images) images[question.split].add(image);
  }
  return {
    groups: groups.train.intersection(groups.validation).size,
    images: images.train.intersection(images.validation).size,
  };
}
