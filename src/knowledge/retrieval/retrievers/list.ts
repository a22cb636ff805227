import { bm25 } from "./bm25.ts";
import { dense } from "./dense.ts";
import { hybrid } from "./hybrid.ts";
import { medrag } from "./medrag.ts";

/** Every retriever, in the order in which help shows them. */
export const retrievers = [bm25, dense, hybrid, medrag];
