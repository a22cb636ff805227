import { accuracy } from "../components/accuracy.ts";
import { confidenceGainPrinted } from "../components/confidence-gain.ts";
import { formatWithRetrieval } from "../components/format-with-retrieval.ts";
import { queryImageSimilarity } from "../components/query-image-similarity.ts";
import { querySemantics } from "../components/query-semantics.ts";
import type { RewardProfile } from "../profile.ts";

export const medRwrPaper: RewardProfile = {
  name: "med-rwr-paper",
  version: 1,
  about: "Med-RwR's rewards with the formulas and weights of the paper (arXiv 2510.18303, section 3).",
  components: [
    { reward: formatWithRetrieval, weight: 1 },
    { reward: accuracy, weight: 5 },
    { reward: querySemantics, weight: 0.4 },
    { reward: queryImageSimilarity, weight: 0.4 },
    { reward: confidenceGainPrinted, weight: 5 },
  ],
};
