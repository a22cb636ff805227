import { averagePrecision } from "./average-precision.ts";
import { ndcg } from "./ndcg.ts";
import { precision } from "./precision.ts";
import { voteAccuracy } from "./vote-accuracy.ts";

/** The metrics of similar cases, in the order in which they are shown. */
export const caseMetricFamilies = [precision, averagePrecision, ndcg, voteAccuracy];
