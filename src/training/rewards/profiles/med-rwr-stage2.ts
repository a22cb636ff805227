import { accuracy } from "../components/accuracy.ts";
import { confidenceGain } from "../components/confidence-gain.ts";
import { formatWithRetrieval } from "../components/format-with-retrieval.ts";
import { length } from "../components/length.ts";
import { queryImageSimilarity } from "../components/query-image-similarity.ts";
import { querySemantics } from "../components/query-semantics.ts";
import { toolCost } from "../components/tool-cost.ts";
import type { RewardProfile } from "../profile.ts";

export const medRwrStage2: RewardProfile = {
  name: "med-rwr-stage2",
  version: 1,
  about:
    "Med-RwR's second stage, on images: its rewards, with a confidence gain over the options that is bounded, and length and tool cost told but not paid.",
  components: [
    { reward: formatWithRetrieval, weight: 1 },
    { reward: accuracy, weight: 5 },
    { reward: querySemantics, weight: 0.4 },
    { reward: queryImageSimilarity, weight: 0.4 },
    { reward: confidenceGain, weight: 5 },
    { reward: length, weight: 0 },
    { reward: toolCost, weight: 0 },
  ],
};
