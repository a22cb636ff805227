import { goldEntities } from "../gold.ts";
import { retrievedTexts } from "../retrieved-texts.ts";
import type { Reward } from "../reward.ts";

/**
 * Med-RwR's σq_text (arXiv 2510.18303, section 3): |S_Q ∩ S_G| / |S_Q| + |S_K ∩ S_G| / |S_K|, with the entities of all queries (Q), of
 * what was found (K) and of the right answer (G); a share of no entities is 0.
 */
export const querySemantics: Reward = {
  name: "query-semantics",
  about:
    "0–2: the share of the queries' medical entities that are the right answer's, plus that share of what was found.",
  read(trajectory) {
    const gold = goldEntities(trajectory);
    if (gold.size === 0) return { value: null, reason: "The right answer holds no medical entity." };
    if (trajectory.queries.length === 0) return { value: 0 };
    const shareOf = (texts: readonly string[]) => {
      const entities = trajectory.entityFinder.find(texts.join("\n"));
      return entities.size === 0 ? 0 : entities.intersection(gold).size / entities.size;
    };
    return { value: shareOf(trajectory.queries) + shareOf(retrievedTexts(trajectory)) };
  },
};
