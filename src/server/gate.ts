/** A gate that lets a limited number in at once; the others wait in order. */
export type Gate = {
  readonly inside: number;
  /** Resolves, once inside, to what leaves again. Rejects with the signal's reason where it aborts before that. */
  enter(signal?: AbortSignal): Promise<Disposable>;
};

export function createGate(limit: number): Gate {
  const waiting = new Set<() => void>();
  let inside = 0;
  const leave = () => {
    inside--;
    const [next] = waiting;
    next?.();
  };
  const letIn = (): Disposable => {
    inside++;
    let left = false;
    return {
      [Symbol.dispose]() {
        if (left) return;
        left = true;
        leave();
      },
    };
  };
  return {
    get inside() {
      return inside;
    },
    async enter(signal) {
      signal?.throwIfAborted();
      if (inside < limit) return letIn();
      return new Promise((resolve, reject) => {
        const turn = () => {
          waiting.delete(turn);
          signal?.removeEventListener("abort", giveUp);
          resolve(letIn());
        };
        const giveUp = () => {
          waiting.delete(turn);
          reject(signal?.reason);
        };
        waiting.add(turn);
        signal?.addEventListener("abort", giveUp, { once: true });
      });
    },
  };
}
