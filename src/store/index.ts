/**
 * Collections of vectors, terms and metadata, whatever holds them. Knows neither passages nor cases.
 * Imports contracts and platform.
 */
export type { Collection, CollectionSchema, Filter, Row, Store } from "./collection.ts";
export { openLanceStore } from "./lancedb.ts";
