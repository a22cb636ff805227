import { accuracy } from "../components/accuracy.ts";
import { formatWithRetrieval } from "../components/format-with-retrieval.ts";
import type { RewardProfile } from "../profile.ts";

export const medRwrStage1: RewardProfile = {
  name: "med-rwr-stage1",
  version: 1,
  about: "Med-RwR's first stage, on text: accuracy and format (arXiv 2510.18303, section 3).",
  components: [
    { reward: formatWithRetrieval, weight: 1 },
    { reward: accuracy, weight: 5 },
  ],
};
