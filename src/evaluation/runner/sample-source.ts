import type { Sample } from "../samples/sample.ts";

/** Samples that come one by one, for several readers, each of which gets them from the first on and waits for those to come. */
export type SampleSource = AsyncIterable<Sample> & {
  /** Those that have come so far, in order. */
  known: readonly Sample[];
  /** How many there are going to be, as far as is known: at least those that have come. */
  expected(): number;
};

/** A source with its other end. */
export type OpenSource = SampleSource & {
  /** Resolves once more are wanted: while there are readers, what comes stays a little ahead of the foremost of them. */
  push(sample: Sample, expected: number): Promise<void>;
  end(): void;
  /** What every reader rejects with when it has read what came before. */
  fail(error: unknown): void;
};

const ahead = 128;

export function openSampleSource(): OpenSource {
  const known: Sample[] = [];
  const readers = new Set<{ next: number }>();
  let expected = 0;
  let over: { error?: unknown } | undefined;
  let waiting: (() => void)[] = [];
  const changed = () => new Promise<void>((resolve) => waiting.push(resolve));
  const tell = () => {
    const told = waiting;
    waiting = [];
    for (const go of told) go();
  };
  const isFarAhead = () =>
    readers.size > 0 && known.length - Math.max(...[...readers].map(({ next }) => next)) > ahead;
  return {
    known,
    expected: () => (over ? known.length : Math.max(known.length, expected)),
    async push(sample, all) {
      known.push(sample);
      expected = all;
      tell();
      while (isFarAhead() && !over) await changed();
    },
    end() {
      over ??= {};
      tell();
    },
    fail(error) {
      over ??= { error };
      tell();
    },
    async *[Symbol.asyncIterator]() {
      const reader = { next: 0 };
      readers.add(reader);
      try {
        for (; ; reader.next++) {
          while (reader.next >= known.length && !over) await changed();
          const sample = known[reader.next];
          if (sample) {
            if (known.length - reader.next === ahead) tell();
            yield sample;
          } else if (over && "error" in over) throw over.error;
          else return;
        }
      } finally {
        readers.delete(reader);
        tell();
      }
    },
  };
}
