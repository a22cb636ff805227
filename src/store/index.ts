/**
 * Collections of vectors, terms and metadata, whatever holds them. Knows neither passages nor cases.
 * Imports contracts and platform.
 */
export type { Collection, CollectionSchema, Filter, Row, Store } from "./collection.ts";
export { openLanceStore } from "./lancedb.ts";
export { openStore } from "./open-store.ts";
export { openServingIndex, type ServingIndex } from "./serving/serving-index.ts";
