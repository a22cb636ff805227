import { join } from "node:path";
import { openLanceStore } from "../lancedb.ts";
import type { StoreKind } from "../store-kind.ts";

/** Tables in the library's folder. */
export const lancedb: StoreKind = {
  schemes: ["lancedb"],
  open: ({ folder }) => openLanceStore(join(folder, "lance")),
};
