/** Finds the medical entities of a text. A port: an ontology's terms come from outside. */
export type EntityFinder = {
  /** Tells this finder and its terms from others; part of the configuration's hash, since scores depend on it. */
  name: string;
  /** Ids of the entities, each once. Total, deterministic, in linear time. */
  find(text: string): ReadonlySet<string>;
};
