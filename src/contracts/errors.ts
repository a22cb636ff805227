import { errorCures } from "./error-cures.ts";

export type ErrorCode = keyof typeof errorCures;
export type ErrorFacts = Record<string, string | number | boolean | null>;

/** What an error looks like where it is data: in events, in JSON output, in a table of refusals. */
export type Failure = { code: ErrorCode; message: string; cure: string; facts: ErrorFacts };

const brand = Symbol.for("medrounds.error");

/**
 * An error with a stable code, one sentence of what happened (`message`), one of what to do (`cure`), and the facts.
 * Recognized by brand, so that two installed copies of the package know each other's errors.
 */
export class MedRoundsError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly cure: string;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "MedRoundsError";
    this.code = code;
    this.cure = errorCures[code];
    this.facts = facts;
  }

  static is(value: unknown): value is MedRoundsError {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/**
 * Any thrown value as data. A value that is not a `MedRoundsError` is a defect: it becomes `fallback` with a fixed sentence, since
 * its own words may hold paths and pieces of data.
 */
export function toFailure(error: unknown, fallback: ErrorCode = "internal"): Failure {
  if (MedRoundsError.is(error)) {
    return { code: error.code, message: error.message, cure: error.cure, facts: error.facts };
  }
  const message = "Something went wrong inside MedRounds; its trace is on the terminal.";
  return { code: fallback, message, cure: errorCures[fallback], facts: {} };
}

/** Facts that name places of this machine. */
const places = new Set(["path", "folder", "file", "address"]);

/** A failure as others may see it: without the places of this machine. */
export function withoutPlaces({ facts, ...failure }: Failure): Failure {
  const shown = Object.entries(facts).filter(([name]) => !places.has(name));
  return { ...failure, facts: Object.fromEntries(shown) };
}
