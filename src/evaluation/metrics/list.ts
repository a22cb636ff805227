import { averagePrecision } from "./average-precision.ts";
import { ndcg } from "./ndcg.ts";
import { recall } from "./recall.ts";
import { reciprocalRank } from "./reciprocal-rank.ts";

/** The metrics of retrieval, in the order in which they are shown. */
export const retrievalMetrics = [ndcg, recall, averagePrecision, reciprocalRank];
