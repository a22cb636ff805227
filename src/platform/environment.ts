/** The only reader of the process environment. */
export type Environment = {
  endpoint?: string;
  model?: string;
  apiKey?: string;
  /** The rest of what the configuration file may say, too; as it was written. */
  provider?: string;
  policy?: string;
  recipe?: string;
  library?: string;
  confidenceThreshold?: string;
  calibration?: string;
  reconsideration?: string;
  /** The configuration file. */
  configuration?: string;
  /** Keys of the servers of embeddings and of rerankers. */
  embedderApiKey?: string;
  rerankerApiKey?: string;
  /** The host that may get the embedder's key where a library names it. */
  embedderHost?: string;
  /** What requests to the server must carry. */
  token?: string;
  /** What lets a library in on its Milvus server. */
  milvusToken?: string;
  /** The address that takes the place of the hosts that recipes name. */
  mirror?: string;
};

/**
 * `MEDROUNDS_ENDPOINT`, `MEDROUNDS_MODEL`, `MEDROUNDS_API_KEY`, `MEDROUNDS_PROVIDER`, `MEDROUNDS_POLICY`, `MEDROUNDS_RECIPE`,
 * `MEDROUNDS_LIBRARY`, `MEDROUNDS_CONFIDENCE_THRESHOLD`, `MEDROUNDS_CALIBRATION`, `MEDROUNDS_RECONSIDERATION`, `MEDROUNDS_CONFIG`, `MEDROUNDS_EMBEDDER_API_KEY`, `MEDROUNDS_EMBEDDER_HOST`,
 * `MEDROUNDS_RERANKER_API_KEY`,
 * `MEDROUNDS_TOKEN`, `MEDROUNDS_MILVUS_TOKEN` and `MEDROUNDS_MIRROR`; an empty variable counts as not set.
 */
export function readEnvironment(): Environment {
  const { MEDROUNDS_ENDPOINT, MEDROUNDS_MODEL, MEDROUNDS_API_KEY, MEDROUNDS_TOKEN, MEDROUNDS_MIRROR } =
    process.env;
  const { MEDROUNDS_EMBEDDER_API_KEY, MEDROUNDS_RERANKER_API_KEY, MEDROUNDS_MILVUS_TOKEN } = process.env;
  const { MEDROUNDS_EMBEDDER_HOST } = process.env;
  const { MEDROUNDS_PROVIDER, MEDROUNDS_POLICY, MEDROUNDS_RECIPE, MEDROUNDS_LIBRARY } = process.env;
  const { MEDROUNDS_CONFIDENCE_THRESHOLD, MEDROUNDS_CONFIG } = process.env;
  const { MEDROUNDS_CALIBRATION, MEDROUNDS_RECONSIDERATION } = process.env;
  return {
    ...(MEDROUNDS_ENDPOINT ? { endpoint: MEDROUNDS_ENDPOINT } : {}),
    ...(MEDROUNDS_MODEL ? { model: MEDROUNDS_MODEL } : {}),
    ...(MEDROUNDS_API_KEY ? { apiKey: MEDROUNDS_API_KEY } : {}),
    ...(MEDROUNDS_PROVIDER ? { provider: MEDROUNDS_PROVIDER } : {}),
    ...(MEDROUNDS_POLICY ? { policy: MEDROUNDS_POLICY } : {}),
    ...(MEDROUNDS_RECIPE ? { recipe: MEDROUNDS_RECIPE } : {}),
    ...(MEDROUNDS_LIBRARY ? { library: MEDROUNDS_LIBRARY } : {}),
    ...(MEDROUNDS_CONFIDENCE_THRESHOLD ? { confidenceThreshold: MEDROUNDS_CONFIDENCE_THRESHOLD } : {}),
    ...(MEDROUNDS_CALIBRATION ? { calibration: MEDROUNDS_CALIBRATION } : {}),
    ...(MEDROUNDS_RECONSIDERATION ? { reconsideration: MEDROUNDS_RECONSIDERATION } : {}),
    ...(MEDROUNDS_CONFIG ? { configuration: MEDROUNDS_CONFIG } : {}),
    ...(MEDROUNDS_EMBEDDER_API_KEY ? { embedderApiKey: MEDROUNDS_EMBEDDER_API_KEY } : {}),
    ...(MEDROUNDS_EMBEDDER_HOST ? { embedderHost: MEDROUNDS_EMBEDDER_HOST } : {}),
    ...(MEDROUNDS_RERANKER_API_KEY ? { rerankerApiKey: MEDROUNDS_RERANKER_API_KEY } : {}),
    ...(MEDROUNDS_TOKEN ? { token: MEDROUNDS_TOKEN } : {}),
    ...(MEDROUNDS_MILVUS_TOKEN ? { milvusToken: MEDROUNDS_MILVUS_TOKEN } : {}),
    ...(MEDROUNDS_MIRROR ? { mirror: MEDROUNDS_MIRROR } : {}),
  };
}

/** The variable of a name that the configuration file gives; undefined where it is not set or empty. */
export function readVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}
