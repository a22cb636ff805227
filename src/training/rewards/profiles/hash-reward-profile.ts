import { canonicalJson, productVersion, sha256 } from "#platform";
import { wordEntities } from "../entities/word-entities.ts";
import type { RewardProfile } from "../profile.ts";
import type { ScoringContext } from "../scoring-context.ts";

/**
 * What scores depend on beside the trajectories, as SHA-256: the profile's name, version, rewards and weights, how entities are found, the
 * safety checklist, and the product's version. Equal hashes mean equal scores.
 */
export function hashRewardProfile(
  { name, version, components }: RewardProfile,
  { entityFinder = wordEntities, safetyChecklist }: ScoringContext = {},
): string {
  const weights = components.map(({ reward, weight }) => [reward.name, weight]);
  return sha256(
    canonicalJson({
      name,
      version,
      weights,
      entities: entityFinder.name,
      safety: safetyChecklist?.name ?? null,
      product: productVersion(),
    }),
  );
}
