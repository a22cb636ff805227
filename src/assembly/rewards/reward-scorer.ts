import { setImmediate as nextTurn } from "node:timers/promises";
import { canonicalJson, productVersion, sha256 } from "#platform";
import {
  findRewardProfile,
  hashRewardProfile,
  type RewardProfile,
  type Score,
  type ScoringContext,
  scoreTrajectories,
} from "#training";
import type { FileSimilarity } from "../image-text-similarity.ts";
import { measureImages } from "./measure-images.ts";
import { type ItemRead, type ItemReading, readItem } from "./read-item.ts";

/** An item's score in the place of the item. `reason` says why there is no total, or what could not be measured. */
export type ItemScore = Omit<Score, "id"> & { id: string | null; reason?: string };

export type ScoredItems = {
  profile: string;
  version: string;
  /** Of all that scores depend on beside the items. */
  configurationHash: string;
  items: ItemScore[];
};

export type ScoreRequest = ItemReading & {
  items: readonly unknown[];
  /** The scorer's own where left out. */
  profile?: string | undefined;
  /** By the names of rewards; replace the profile's. */
  weights?: Readonly<Record<string, number>> | undefined;
  signal?: AbortSignal | undefined;
};

/** Scores items by a profile; keeps nothing between two requests. */
export type RewardScorer = {
  /** The profile where a request names none. */
  profile: string;
  /**
   * Equal items get equal scores. An item that can't be read gets an entry of its own, and fails no other. Rejects with
   * `reward-profile-unknown`.
   */
  score(request: ScoreRequest): Promise<ScoredItems>;
};

/** Items that are scored before others get a turn. */
const itemsAtOnce = 64;

/** Throws `reward-profile-unknown`. */
export function createRewardScorer(options: {
  profile: string;
  context?: ScoringContext;
  /** Measures images that an item names as files. */
  similarity?: FileSimilarity | undefined;
}): RewardScorer {
  const { context = {}, similarity } = options;
  const own = findRewardProfile(options.profile);
  return {
    profile: own.name,
    async score({ items, profile: name = own.name, weights, signal, ...reading }) {
      const profile = findRewardProfile(name, weights);
      const measures = profile.components.some(({ reward }) => reward.name === "query-image-similarity");
      const encoder = measures ? similarity : undefined;
      const scored: ItemScore[] = [];
      for (let start = 0; start < items.length; start += itemsAtOnce) {
        if (start > 0) await nextTurn();
        signal?.throwIfAborted();
        const read = items.slice(start, start + itemsAtOnce).map((item) => readItem(item, reading));
        scored.push(...(await scoreSome(read, { profile, context, similarity: encoder, signal })));
      }
      const rewards = hashRewardProfile(profile, context);
      const configurationHash = encoder
        ? sha256(canonicalJson({ rewards, similarity: encoder.id }))
        : rewards;
      return { profile: profile.name, version: productVersion(), configurationHash, items: scored };
    },
  };
}

async function scoreSome(
  read: readonly ItemRead[],
  parts: {
    profile: RewardProfile;
    context: ScoringContext;
    similarity: FileSimilarity | undefined;
    signal: AbortSignal | undefined;
  },
): Promise<ItemScore[]> {
  const { profile, context, similarity, signal } = parts;
  const readable = read.filter((item) => item.type === "trajectory");
  const measured = similarity ? await measureImages(readable, { similarity, signal }) : readable;
  const trajectories = measured.map(({ trajectory }) => trajectory);
  const scores = scoreTrajectories(profile, trajectories, context);
  let next = 0;
  return read.map((item) => {
    if (item.type === "invalid") return refused(item);
    const index = next++;
    const score = scores[index]!;
    const one = measured[index]!;
    const missed = "reason" in one ? one.reason : undefined;
    const reason = missed ?? (score.total === null ? "No reward that is paid applies." : undefined);
    const flags = [...score.flags, ...item.flags, ...(missed === undefined ? [] : ["image-unreadable"])];
    return { ...score, flags, ...(reason === undefined ? {} : { reason }) };
  });
}

function refused({ id, reason }: { id: string | null; reason: string }): ItemScore {
  return { id, total: null, components: {}, flags: ["item-invalid"], reason };
}
