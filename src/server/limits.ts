/** Bounds of what one server takes on. Bytes and milliseconds. */
export type ServerLimits = {
  /** Of a request's body. */
  bodyBytes: number;
  /** Of a form's field that is no file. */
  fieldBytes: number;
  /** Of one question. */
  images: number;
  /** Of a trainer's batch: its queries, the passages for each of them, and the passages in all. */
  batchQueries: number;
  batchTop: number;
  batchPassages: number;
  /** How much of a trainer's query is searched for; what is longer is cut. */
  queryCharacters: number;
  /** Completions of one request to the reward service. */
  scoreItems: number;
  /** Images of one request to the similarity service. */
  similarityPairs: number;
  runningRounds: number;
  waitingRounds: number;
  /** Of request bodies and of images that rounds hold in memory, all together. */
  heldBytes: number;
  /** Silence after which a stream sends a comment, so that nothing on the way takes it for dead. */
  heartbeatMilliseconds: number;
  /** How long rounds may go on after the server was told to close. */
  closingMilliseconds: number;
};

export const defaultServerLimits: ServerLimits = {
  bodyBytes: 64 * 1024 * 1024,
  fieldBytes: 1024 * 1024,
  images: 8,
  batchQueries: 10_000,
  batchTop: 1_000,
  batchPassages: 50_000,
  queryCharacters: 4_000,
  scoreItems: 10_000,
  similarityPairs: 1_024,
  runningRounds: 4,
  waitingRounds: 200,
  heldBytes: 512 * 1024 * 1024,
  heartbeatMilliseconds: 15_000,
  closingMilliseconds: 5_000,
};
