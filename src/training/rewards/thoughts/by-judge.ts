import { invalidMeasurement, isIn } from "../measurements.ts";
import type { Reading } from "../reward.ts";

/**
 * The lower of a value by rules and a judge's rating, where one was measured: a judge that was flattered raises nothing, nor do words
 * that a judge found empty.
 */
export function notAboveRating(reading: Reading, rating: number | undefined): Reading {
  if (rating === undefined) return reading;
  if (!isIn(rating, 0, 1)) return invalidMeasurement("A rating is no number in 0–1.");
  return { ...reading, value: reading.value === null ? rating : Math.min(reading.value, rating) };
}
