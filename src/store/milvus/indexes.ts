import type { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { MedRoundsError } from "#contracts";
import type { MilvusConnection } from "./client.ts";
import { requireSuccess } from "./milvus-error.ts";
import { graphIndex, type MilvusIndex } from "./schema.ts";

/** In milliseconds; a cluster reads a large collection from its object storage for minutes. */
const loadLimit = 1_800_000;
/** The code of Milvus: pkg/util/merr in its source. */
const noIndex = 700;

/** Makes the indexes that are missing and loads the collection. */
export async function makeReady(
  connection: MilvusConnection,
  { collection_name, indexes }: { collection_name: string; indexes: readonly MilvusIndex[] },
): Promise<void> {
  const { run } = connection;
  const there = await run((client) => describeIndexes(client, collection_name));
  for (const index of indexes) {
    if (!there.has(index.field_name))
      await run((client) => client.createIndex({ collection_name, ...index }));
  }
  await load(connection, collection_name);
}

export async function load({ run }: MilvusConnection, collection_name: string): Promise<void> {
  for (let asked = false, waited = 0; ; waited += 100) {
    const { state } = await run((client) => client.getLoadState({ collection_name }));
    if (state === "LoadStateLoaded") return;
    if (waited > loadLimit) {
      const message = `Milvus did not load the collection ${collection_name} in time.`;
      throw new MedRoundsError("store-unreachable", message, { collection: collection_name });
    }
    if (asked) await new Promise((resolve) => setTimeout(resolve, 100));
    else await run((client) => client.loadCollection({ collection_name }));
    asked = true;
  }
}

/** The type of the index of each field that has one. */
export async function describeIndexes(
  client: MilvusClient,
  collection_name: string,
): Promise<ReadonlyMap<string, string>> {
  const answer = await client.describeIndex({ collection_name });
  if (Number(answer.status.code) === noIndex) return new Map();
  return new Map(
    requireSuccess(answer).index_descriptions.map(({ field_name, params }) => [
      field_name,
      String(params.find(({ key }) => key === "index_type")?.value),
    ]),
  );
}

/**
 * Gives a column of vectors an index that is a graph, where each vector was compared until then. The collection can't be read
 * until it is there; a reader that waits too long loads it again in between, so that it is released again.
 */
export async function buildGraph(
  connection: MilvusConnection,
  { collection_name, column }: { collection_name: string; column: string },
): Promise<void> {
  const { run } = connection;
  const index = await run((client) => describeIndexes(client, collection_name));
  const type = index.get(column);
  if (type !== undefined && type !== "FLAT") return;
  for (let attempt = 1; ; attempt++) {
    await run((client) => client.releaseCollection({ collection_name }));
    try {
      await run((client) => client.dropIndex({ collection_name, field_name: column, index_name: column }));
      break;
    } catch (error) {
      if (attempt === 3 || !MedRoundsError.is(error) || error.code !== "store-refused") throw error;
    }
  }
  await makeReady(connection, { collection_name, indexes: [graphIndex(column)] });
}
