/**
 * Statistics: intervals, a paired test, effective sample size, softmax, quantiles, calibration, and seeded random numbers.
 * Is not a place for metrics of a task (accuracy of a data set) or for anything that reads data.
 * Pure: no input or output, no clock, no ambient randomness; runs in a browser. Imports no room.
 */
export { bootstrapInterval } from "./bootstrap-interval.ts";
export { brierScore } from "./brier-score.ts";
export { calibrationError } from "./calibration-error.ts";
export { clusterBootstrap } from "./cluster-bootstrap.ts";
export { confidenceBin } from "./confidence-bin.ts";
export { detectableDifference } from "./detectable-difference.ts";
export { effectiveSampleSize } from "./effective-sample-size.ts";
export { holm } from "./holm.ts";
export { fitIsotonic, risingValue } from "./isotonic.ts";
export { kMeans } from "./k-means.ts";
export { kappa } from "./kappa.ts";
export { mcNemar } from "./mc-nemar.ts";
export { permutationTest } from "./permutation-test.ts";
export { median, quantile } from "./quantile.ts";
export { createRandom } from "./random.ts";
export { reliabilityCurve } from "./reliability-curve.ts";
export { softmax } from "./softmax.ts";
export { swapTest } from "./swap-test.ts";
export { fitTemperature, type OptionSample, scaleByTemperature } from "./temperature-scaling.ts";
export { wilsonInterval } from "./wilson-interval.ts";
