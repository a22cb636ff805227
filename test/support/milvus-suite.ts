import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../../src/store/index.ts";
import { openMilvusStore } from "../../src/store/milvus/milvus-store.ts";
import { type MilvusServer, milvusMissing, startMilvus } from "./milvus-server.ts";
import { makeFolder, removeFolder } from "./run-cli.ts";

export type MilvusSuite = {
  server(): MilvusServer;
  /** Opens the store of that name; another port leads through a proxy. */
  open(
    name: string,
    options?: Omit<Parameters<typeof openMilvusStore>[0], "location"> & { port?: number },
  ): Promise<Store>;
  locate(name: string): string;
};

/** Tests over one Milvus Lite server, which they share; skipped where there is no Python. */
export function describeMilvus(name: string, tests: (suite: MilvusSuite) => void): void {
  const why = milvusMissing ? ` (skipped: ${milvusMissing})` : "";
  describe.skipIf(milvusMissing)(name + why, () => {
    let folder: string;
    let server: MilvusServer;
    beforeAll(async () => {
      folder = await makeFolder("milvus");
      server = await startMilvus(folder);
    });
    afterAll(async () => {
      await server[Symbol.asyncDispose]();
      await removeFolder(folder);
    });
    const locate = (name: string, port = server.port) =>
      `milvus://127.0.0.1:${port}/${name.replaceAll("-", "_")}`;
    tests({
      server: () => server,
      locate,
      open: (name, { port, ...options } = {}) =>
        openMilvusStore({ location: locate(name, port), ...options }),
    });
  });
}
