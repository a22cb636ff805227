/**
 * Statistics: intervals, a paired test, effective sample size, softmax, quantiles, calibration, and seeded random numbers.
 * Is not a place for metrics of a task (accuracy of a data set) or for anything that reads data.
 * Pure: no input or output, no clock, no ambient randomness; runs in a browser. Imports no room.
 */
export { bootstrapInterval } from "./bootstrap-interval.ts";
export { calibrationError } from "./calibration-error.ts";
export { clusterBootstrap } from "./cluster-bootstrap.ts";
export { effectiveSampleSize } from "./effective-sample-size.ts";
export { fitIsotonic, risingValue } from "./isotonic.ts";
export { permutationTest } from "./permutation-test.ts";
export { median, quantile } from "./quantile.ts";
export { createRandom } from "./random.ts";
export { softmax } from "./softmax.ts";
export { fitTemperature, type OptionSample, scaleByTemperature } from "./temperature-scaling.ts";
export { wilsonInterval } from "./wilson-interval.ts";
