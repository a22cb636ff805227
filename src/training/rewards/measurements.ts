import type { Reading } from "./reward.ts";

/** Numbers that a model's arithmetic puts beyond a bound by rounding are taken for the bound. */
const rounding = 1e-6;

/** Whether a measured number is one, and between two bounds but for rounding. */
export function isIn(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least - rounding && value <= most + rounding;
}

/** What a reward says of a measurement that cannot be. */
export function invalidMeasurement(reason: string): Reading {
  return { value: null, flags: ["invalid-measurement"], reason };
}
