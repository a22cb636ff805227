/**
 * Work that many wait for at once and that is done once: its result is kept, a failure is not. It is aborted when none waits any more.
 * A waiter's own signal rejects that waiter alone, with its reason. `kept` is the result as far as there is one.
 */
export function shareWork<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  keeps: (result: Result) => boolean,
) {
  let kept: Result | undefined;
  let running: { result: Promise<Result>; waiters: number; controller: AbortController } | undefined;

  const get = async (signal?: AbortSignal): Promise<Result> => {
    signal?.throwIfAborted();
    if (kept !== undefined) return kept;
    if (running === undefined) {
      const controller = new AbortController();
      const result = work(controller.signal);
      const mine = { result, waiters: 0, controller };
      running = mine;
      const end = () => {
        if (running === mine) running = undefined;
      };
      result.then((done) => {
        if (keeps(done)) kept = done;
        end();
      }, end);
    }
    const shared = running;
    shared.waiters++;
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
    });
    signal?.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([shared.result, left]);
    } finally {
      signal?.removeEventListener("abort", leave);
      if (--shared.waiters === 0 && signal?.aborted) {
        if (running === shared) running = undefined;
        shared.controller.abort(signal.reason);
      }
    }
  };
  return { get, kept: () => kept };
}
