import { routerDecision } from "../components/router-decision.ts";
import type { RewardProfile } from "../profile.ts";

export const pathoAgentic: RewardProfile = {
  name: "patho-agentic",
  version: 1,
  about: "The hierarchical reward of Patho-AgenticRAG's router, 0–4 (arXiv 2508.02258).",
  components: [{ reward: routerDecision, weight: 1 }],
};
