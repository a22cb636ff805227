import { breaches } from "../components/breaches.ts";
import { citations } from "../components/citations.ts";
import { coherence } from "../components/coherence.ts";
import { correctness } from "../components/correctness.ts";
import { depth } from "../components/depth.ts";
import { grounding } from "../components/grounding.ts";
import { manipulation } from "../components/manipulation.ts";
import { safety } from "../components/safety.ts";
import { toolCost } from "../components/tool-cost.ts";
import type { RewardProfile } from "../profile.ts";

export const hybrid: RewardProfile = {
  name: "hybrid",
  version: 1,
  about:
    "Correctness, grounding, depth and safety, as Llama-R1-MedRAG promises them and publishes no formula of; what is gained counts as far as the answer is right, what it costs always.",
  components: [
    { reward: correctness, weight: 1 },
    { reward: grounding, weight: 0.3 },
    { reward: coherence, weight: 0.2 },
    { reward: depth, weight: 0.1 },
    { reward: safety, weight: 0.5 },
    { reward: breaches, weight: 1 },
    { reward: manipulation, weight: 0.5 },
    { reward: citations, weight: 0.5 },
    { reward: toolCost, weight: 0.4 },
  ],
  /** Correctness, and the other gains times correctness, less all costs. So a wrong answer can't be decorated into a good one. */
  bound(_, { components }) {
    const right = components[correctness.name]?.value ?? 0;
    let total = 0;
    for (const [name, { value, weight }] of Object.entries(components)) {
      const part = weight * (value ?? 0);
      total += part > 0 && name !== correctness.name ? right * part : part;
    }
    return total;
  },
};
