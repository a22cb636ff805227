/** How patiently and how fast a server is asked. */
export type TransportLimits = {
  /** Longest wait for the next byte of a reply; 60,000 ms unless told. */
  idleTimeoutMilliseconds?: number;
  /** Longest time of one attempt; 300,000 ms unless told. */
  timeoutMilliseconds?: number;
  /** Attempts in all; 6 unless told. */
  attempts?: number;
  /** The pause after the first failed attempt, doubled after each further one up to 30 s, of which a random part is waited; 500 ms. */
  pauseMilliseconds?: number;
  /** Texts in one request; 32 unless told, the limit of a TEI server as it is shipped. */
  batchSize?: number;
  /** Requests at once; 4 unless told. */
  concurrency?: number;
};
