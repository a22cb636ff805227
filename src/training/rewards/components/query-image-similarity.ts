import { invalidMeasurement, isIn } from "../measurements.ts";
import type { Reward } from "../reward.ts";

/** Med-RwR's σq_img (arXiv 2510.18303, section 3), a mean where there are several queries; the paper has one. */
export const queryImageSimilarity: Reward = {
  name: "query-image-similarity",
  about: "−1 to 1: the mean cosine of the question's image and the queries, 0 without a query.",
  read({ images, queries, measured }) {
    if (images === 0) return { value: null, reason: "The question has no image." };
    if (queries.length === 0) return { value: 0 };
    const similarities = measured.imageSimilarity;
    if (similarities === undefined) {
      return { value: null, flags: ["image-similarity-missing"], reason: "No similarity was measured." };
    }
    if (similarities.length !== queries.length || !similarities.every((one) => isIn(one, -1, 1))) {
      return invalidMeasurement("There must be one cosine in −1 to 1 for each query.");
    }
    const mean = similarities.reduce((sum, one) => sum + one, 0) / similarities.length;
    return { value: Math.min(1, Math.max(-1, mean)) };
  },
};
