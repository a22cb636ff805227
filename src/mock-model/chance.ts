import { sha256 } from "#platform";

/** A number in [0, 1) that depends on the keys alone: the first 48 bits of their SHA-256. */
export type Chance = (...keys: readonly (string | number)[]) => number;

export function createChance(seed: number): Chance {
  return (...keys) => Number.parseInt(sha256(JSON.stringify([seed, ...keys])).slice(0, 12), 16) / 2 ** 48;
}

/** An identifier of small hexadecimal digits that depends on the keys alone. */
export function identifier(length: number, ...keys: readonly (string | number)[]): string {
  return sha256(JSON.stringify(keys)).slice(0, length);
}
