import { InvalidArgumentError } from "commander";

/** Gathers an option that is given more than once. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Throws where it is no number from 0 to 1. */
export function readShare(value: string): number {
  const share = Number(value);
  if (value.trim() !== "" && share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError("It must be a number from 0 to 1.");
}

/** A reader of whole numbers that throws for all others. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** A part of several, as 2/8, from 1. */
export function readShard(value: string): { index: number; count: number } {
  const [, index = 0, count = 0] = /^(\d{1,4})\/(\d{1,4})$/.exec(value)?.map(Number) ?? [];
  if (index >= 1 && index <= count) return { index, count };
  throw new InvalidArgumentError("It must be a part and a number of parts, as 2/8.");
}
