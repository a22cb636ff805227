/** Whether document a comes before document b at the same score. */
export type ComesFirst = (a: number, b: number) => boolean;

/**
 * Keeps the `top` best of the documents offered, in a heap whose root is the worst of them. Of equal scores the one that
 * `comesFirst` counts as better.
 */
export function createBestHits(top: number, comesFirst: ComesFirst) {
  const documents = new Uint32Array(top);
  const scores = new Float64Array(top);
  let count = 0;
  /** The lowest score that still gets in once the heap is full. */
  let least = -Infinity;

  const worse = (a: number, b: number) => {
    const difference = (scores[a] as number) - (scores[b] as number);
    return difference === 0 ? comesFirst(documents[b] as number, documents[a] as number) : difference < 0;
  };
  const swap = (a: number, b: number) => {
    const document = documents[a] as number;
    const score = scores[a] as number;
    documents[a] = documents[b] as number;
    scores[a] = scores[b] as number;
    documents[b] = document;
    scores[b] = score;
  };
  const sink = (from: number) => {
    for (let at = from; ; ) {
      let worst = at;
      for (let child = 2 * at + 1; child <= 2 * at + 2 && child < count; child++) {
        if (worse(child, worst)) worst = child;
      }
      if (worst === at) return;
      swap(at, worst);
      at = worst;
    }
  };
  const rise = (from: number) => {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!worse(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  };

  return {
    offer(document: number, score: number): void {
      if (score < least) return;
      if (count < top) {
        documents[count] = document;
        scores[count] = score;
        rise(count++);
      } else {
        if (score === least && !comesFirst(document, documents[0] as number)) return;
        documents[0] = document;
        scores[0] = score;
        sink(0);
      }
      if (count === top) least = scores[0] as number;
    },
    /** The lowest score among the best, −∞ while there are fewer than `top`. */
    least: () => least,
    /** The best, best first. */
    sorted: () =>
      Array.from({ length: count }, (_, at) => at)
        .sort((a, b) => (worse(a, b) ? 1 : -1))
        .map((at) => ({ document: documents[at] as number, score: scores[at] as number })),
  };
}
