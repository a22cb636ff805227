import { type Failure, toFailure, withoutPlaces } from "#contracts";

export type Readiness = { status: "ok" | "warming" } | { status: "failed"; failure: Failure };

/**
 * Runs `warm` once, and again after each time that it failed and somebody asked. A server is ready when it has answered a search:
 * by then its library is open, its index lies in memory, and its models are loaded.
 */
export function createReadiness(warm: () => Promise<void>): () => Readiness {
  let now: Readiness = { status: "failed", failure: toFailure(undefined) };
  const begin = () => {
    now = { status: "warming" };
    warm().then(
      () => {
        now = { status: "ok" };
      },
      (error: unknown) => {
        now = { status: "failed", failure: withoutPlaces(toFailure(error)) };
      },
    );
  };
  begin();
  return () => {
    const told = now;
    if (told.status === "failed") begin();
    return told;
  };
}
