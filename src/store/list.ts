import { lancedb } from "./kinds/lancedb.ts";
import { milvus } from "./kinds/milvus.ts";
import type { StoreKind } from "./store-kind.ts";

export const storeKinds: readonly StoreKind[] = [lancedb, milvus];
