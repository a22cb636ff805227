import { canonicalJson, productVersion, sha256 } from "#platform";
import type { EntityFinder } from "../entities/entity-finder.ts";
import { wordEntities } from "../entities/word-entities.ts";
import type { RewardProfile } from "../profile.ts";

/**
 * What scores depend on beside the trajectories, as SHA-256: the profile's name, version, rewards and weights, how entities are found,
 * and the product's version. Equal hashes mean equal scores.
 */
export function hashRewardProfile(
  { name, version, components }: RewardProfile,
  entityFinder: EntityFinder = wordEntities,
): string {
  const weights = components.map(({ reward, weight }) => [reward.name, weight]);
  return sha256(
    canonicalJson({ name, version, weights, entities: entityFinder.name, product: productVersion() }),
  );
}
