import type { MedRoundsError } from "#contracts";
import { withRetries } from "./retry.ts";

/** How patient a download is. */
export type Patience = {
  /** Failures in a row, without a byte between them, that end it. */
  attempts: number;
  /** The first pause between two attempts, of which a random part is waited; each further one is twice as long, up to half a minute. */
  pauseMilliseconds: number;
  /** The longest wait for the next byte. */
  silenceMilliseconds: number;
};

export const defaultPatience: Patience = {
  attempts: 6,
  pauseMilliseconds: 1_000,
  silenceMilliseconds: 60_000,
};

/** A failure that another attempt may not meet. `waitMilliseconds` is what the server asks for. */
export class PassingFailure extends Error {
  readonly failure: MedRoundsError;
  readonly waitMilliseconds: number | undefined;

  constructor(failure: MedRoundsError, waitMilliseconds?: number) {
    super(failure.message, { cause: failure });
    this.failure = failure;
    this.waitMilliseconds = waitMilliseconds;
  }
}

/**
 * Repeats `work` while it throws a `PassingFailure`; `readProgress` tells whether an attempt came further than those before. Throws
 * the last failure, anything else that `work` throws, and the signal's reason.
 */
export async function withPatience<Result>(request: {
  work(): Promise<Result>;
  readProgress?(): Promise<number>;
  patience: Patience;
  signal?: AbortSignal;
}): Promise<Result> {
  const { work, readProgress = async () => 0, patience, signal } = request;
  let furthest = await readProgress();
  const judge = async (error: unknown) => {
    if (!(error instanceof PassingFailure)) return undefined;
    const reached = await readProgress();
    const cameFurther = reached > furthest;
    furthest = Math.max(furthest, reached);
    return { waitMilliseconds: error.waitMilliseconds, cameFurther };
  };
  try {
    return await withRetries({ work, judge, ...patience, signal });
  } catch (error) {
    throw error instanceof PassingFailure ? error.failure : error;
  }
}
