import { MedRoundsError } from "#contracts";
import type { Store } from "./collection.ts";
import { storeKinds } from "./list.ts";
import type { StoreKind } from "./store-kind.ts";

/**
 * Opens the store of a library: `lancedb`, tables in its folder, or `milvus://host:port/[database/]prefix`, collections on a
 * server. Throws `store-invalid`, and what opening a store of that kind throws.
 */
export async function openStore(request: {
  location: string;
  folder: string;
  kinds?: readonly StoreKind[];
}): Promise<Store> {
  const { location, folder, kinds = storeKinds } = request;
  return kindOf(location, kinds).open({ location, folder });
}

/** Throws `store-invalid` where no store is of this kind. */
function kindOf(location: string, kinds: readonly StoreKind[]): StoreKind {
  const scheme = location.split("://")[0] ?? "";
  const kind = kinds.find(({ schemes }) => schemes.includes(scheme));
  if (kind) return kind;
  const known = kinds.flatMap(({ schemes }) => schemes).join(", ");
  throw new MedRoundsError("store-invalid", `No store is called ${scheme.slice(0, 40)}.`, { known });
}
