/** The only reader of the process environment. */
export type Environment = {
  endpoint?: string;
  model?: string;
  apiKey?: string;
};

/** `MEDROUNDS_ENDPOINT`, `MEDROUNDS_MODEL` and `MEDROUNDS_API_KEY`; an empty variable counts as not set. */
export function readEnvironment(): Environment {
  const { MEDROUNDS_ENDPOINT, MEDROUNDS_MODEL, MEDROUNDS_API_KEY } = process.env;
  return {
    ...(MEDROUNDS_ENDPOINT ? { endpoint: MEDROUNDS_ENDPOINT } : {}),
    ...(MEDROUNDS_MODEL ? { model: MEDROUNDS_MODEL } : {}),
    ...(MEDROUNDS_API_KEY ? { apiKey: MEDROUNDS_API_KEY } : {}),
  };
}
