import type * as Milvus from "@zilliz/milvus2-sdk-node";
import { MedRoundsError } from "#contracts";
import type { MilvusLocation } from "./location.ts";
import { isOutage, milvusError, requireSuccess } from "./milvus-error.ts";

/** Limits in milliseconds. */
export type MilvusLimits = {
  /** Until the first connection stands. */
  connect: number;
  /** For one request. */
  request: number;
  /** How long a request is repeated while the server can't be reached, as in a restart. */
  outage: number;
};

const defaultLimits: MilvusLimits = { connect: 10_000, request: 60_000, outage: 20_000 };

/** A connection to a Milvus server whose errors are ours. */
export type MilvusConnection = {
  sdk: typeof Milvus;
  /**
   * Does a request, again while the server can't be reached: it must do no harm twice. Throws `store-unreachable`, `store-refused`
   * and `disk-full`.
   */
  run<Result>(request: (client: Milvus.MilvusClient) => Promise<Result>): Promise<Result>;
  close(): void;
};

/**
 * Connects. The client, an optional package, is loaded here. Throws `store-client-missing`, `store-unreachable`, `store-refused`.
 */
export async function connectMilvus(request: {
  location: MilvusLocation;
  token?: string;
  limits?: Partial<MilvusLimits>;
}): Promise<MilvusConnection> {
  const { location, token } = request;
  const { address, tls, database } = location;
  const limits = { ...defaultLimits, ...request.limits };
  const sdk = await loadClient();
  // What the client would write to the terminal is in the errors.
  sdk.logger.silent = true;
  const client = new sdk.MilvusClient({
    address,
    ssl: tls,
    ...(token ? { token } : {}),
    ...(database ? { database } : {}),
    timeout: limits.request,
    // Requests are repeated here, where it is known how long.
    maxRetries: 0,
    telemetry: { enabled: false },
    __SKIP_CONNECT__: true,
    channelOptions: {
      // A connection that is shared in the process would hand on its wait after a failure.
      "grpc.use_local_subchannel_pool": 1,
      "grpc.keepalive_time_ms": 60_000,
      "grpc.keepalive_permit_without_calls": 0,
      "grpc.initial_reconnect_backoff_ms": 200,
      "grpc.max_reconnect_backoff_ms": 1_000,
    },
  });
  const close = () => void client.closeConnection().catch(() => undefined);
  try {
    const collection_name = `${location.prefix}_marks`;
    requireSuccess(await client.hasCollection({ collection_name, timeout: limits.connect }));
  } catch (error) {
    close();
    throw milvusError(error, address);
  }
  return {
    sdk,
    close,
    async run(work) {
      const end = Date.now() + limits.outage;
      for (let wait = 100; ; wait = Math.min(wait * 2, 1_000)) {
        try {
          return requireSuccess(await work(client));
        } catch (error) {
          if (!isOutage(error) || Date.now() + wait > end) throw milvusError(error, address);
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
    },
  };
}

async function loadClient(): Promise<typeof Milvus> {
  try {
    return await import("@zilliz/milvus2-sdk-node");
  } catch (cause) {
    throw new MedRoundsError(
      "store-client-missing",
      "The client of Milvus, @zilliz/milvus2-sdk-node, is not installed.",
      {},
      { cause },
    );
  }
}
