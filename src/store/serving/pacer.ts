import { setImmediate } from "node:timers/promises";

/** Longest stretch of work, in milliseconds, before other work of the process gets its turn. */
const stretch = 15;

/**
 * Lets other work of the process through: to be awaited often in long work, it waits only where the last pause is long ago.
 * Throws the signal's reason once it is aborted.
 */
export function createPacer(signal: AbortSignal): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < stretch) return;
    return setImmediate().then(() => {
      signal.throwIfAborted();
      began = performance.now();
    });
  };
}
