/** The only reader of the process environment. */
export type Environment = {
  endpoint?: string;
  model?: string;
  apiKey?: string;
  /** What requests to the server must carry. */
  token?: string;
};

/** `MEDROUNDS_ENDPOINT`, `MEDROUNDS_MODEL`, `MEDROUNDS_API_KEY` and `MEDROUNDS_TOKEN`; an empty variable counts as not set. */
export function readEnvironment(): Environment {
  const { MEDROUNDS_ENDPOINT, MEDROUNDS_MODEL, MEDROUNDS_API_KEY, MEDROUNDS_TOKEN } = process.env;
  return {
    ...(MEDROUNDS_ENDPOINT ? { endpoint: MEDROUNDS_ENDPOINT } : {}),
    ...(MEDROUNDS_MODEL ? { model: MEDROUNDS_MODEL } : {}),
    ...(MEDROUNDS_API_KEY ? { apiKey: MEDROUNDS_API_KEY } : {}),
    ...(MEDROUNDS_TOKEN ? { token: MEDROUNDS_TOKEN } : {}),
  };
}
