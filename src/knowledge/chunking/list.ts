import { medragStatpearls } from "./medrag-statpearls.ts";
import { medragTextbooks } from "./medrag-textbooks.ts";
import { medrounds } from "./medrounds.ts";

/** The rules of cutting, our own first. */
export const chunkings = [medrounds, medragTextbooks, medragStatpearls];
