/** A part of the grammar, whatever strings stand for it. */
export type TagKind = "think" | "query" | "retrieve" | "answer";

/** The string that opens an element and the one that closes it. */
export type TagPair = { open: string; close: string };

/**
 * How a trained model writes what it thinks, asks and answers, and how it is given what was found. A preset is data: a file here
 * and a line in list.ts.
 */
export type Grammar = {
  /** Stands in the round and in the configuration; never changes. */
  name: string;
  tags: Record<TagKind, TagPair>;
  /** Generation ends before the first of these. */
  stop: readonly string[];
  /**
   * optional, or required before each query and answer; throughout: one thought runs through the whole round and holds the
   * queries, and its opening tag may be the prompt's.
   */
  thought: "optional" | "required" | "throughout";
  /** What becomes of queries that follow each other without a pause: each is made, or the first alone. */
  queriesAtOnce: "each" | "first";
  /** Line breaks before and after what the environment writes. */
  gap: string;
  /** `one` holds {number}, {title} and {text}; `lead` and `trail` stand inside the block around all; `none` where nothing was found. */
  documents: { one: string; lead: string; trail: string; none: string };
  /** What a model is told after a step without an action, and at the limit. */
  hints: { invalid: string; final: string };
};
