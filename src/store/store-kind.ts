import type { Store } from "./collection.ts";

/** A kind of store: an interchangeable part. docs/guides/add-a-store.md shows how to add one. */
export type StoreKind = {
  /** What a location is, or begins with before "://". */
  schemes: readonly string[];
  /** `folder` is the library's own, which exists. Throws `store-invalid` where the location can't be read. */
  open(request: { location: string; folder: string }): Promise<Store>;
};
