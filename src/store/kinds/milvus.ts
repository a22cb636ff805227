import { readEnvironment } from "#platform";
import { openMilvusStore } from "../milvus/milvus-store.ts";
import type { StoreKind } from "../store-kind.ts";

/** Collections on a Milvus server; the token is that of the environment. */
export const milvus: StoreKind = {
  schemes: ["milvus", "milvus+https"],
  async open({ location }) {
    const { milvusToken } = readEnvironment();
    return openMilvusStore({ location, ...(milvusToken ? { token: milvusToken } : {}) });
  },
};
