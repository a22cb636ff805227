import type { Calibration } from "./calibration.ts";

/** When an answer's confidence is below the round's threshold: similar cases are looked up and the model answers once more. */
export type Reconsideration = {
  /** How many similar cases the model is shown. */
  top: number;
  /** Which of the two answers the round has. */
  keep: "more-confident" | "second";
};

/** How sure a model is of its answer, and what comes of it. */
export type ConfidenceSettings = {
  /** How often the answer is sampled where the server gives no log-probabilities; 0 for not at all. */
  samples: number;
  calibration?: Calibration;
  /** An unsure answer stays as it is where this is left out. */
  reconsideration?: Reconsideration;
};

/** At 0.7 answers differ where the model is unsure. */
export const samplingTemperature = 0.7;
export const defaultSamples = 5;

/**
 * Confidence-driven image re-retrieval (CDIR), over the whole library and among images of the same kind. `cdir-paper` is that of Med-RwR
 * (arXiv 2510.18303): one case, and the second answer is final; its threshold is what holds where none is given.
 */
export const reconsiderations = {
  cdir: { top: 5, keep: "more-confident" },
  "cdir-paper": { top: 1, keep: "second", threshold: 0.8 },
} as const satisfies Record<string, Reconsideration & { threshold?: number }>;
