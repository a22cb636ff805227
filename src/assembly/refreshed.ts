/** Something that is built of a source, and built anew when the source has changed. To be disposed. */
export type Refreshed<Value> = Disposable & {
  /**
   * What is there now; the first call waits until it is built and throws what that throws. The source is asked for its version at a
   * call, at most once in `checkEvery` milliseconds; where it is another, it is built anew in the background while the old one serves.
   */
  current(): Promise<Value>;
  /** Resolves when the building under way is done, if there is one. */
  settled(): Promise<void>;
};

/** Building takes no more than this share of the time, however often the source changes. */
const buildingShare = 0.25;

export function openRefreshed<Value>(request: {
  version: () => Promise<string>;
  build: (signal: AbortSignal) => Promise<Value>;
  /** Milliseconds. */
  checkEvery?: number;
}): Refreshed<Value> {
  const { version, build, checkEvery = 1_000 } = request;
  const stop = new AbortController();
  let built: { value: Value; version: string } | undefined;
  let building: Promise<Value> | undefined;
  let checkAt = 0;

  const rebuild = async () => {
    const began = performance.now();
    try {
      // Asked before: what is written while it is built makes it be built again.
      const found = await version();
      const value = await build(stop.signal);
      stop.signal.throwIfAborted();
      built = { value, version: found };
      return value;
    } finally {
      building = undefined;
      const took = performance.now() - began;
      checkAt = performance.now() + Math.max(checkEvery, took * (1 / buildingShare - 1));
    }
  };
  const start = () => {
    building ??= rebuild();
    return building;
  };

  return {
    async current() {
      if (!built) return start();
      const { value } = built;
      if (building || performance.now() < checkAt) return value;
      checkAt = performance.now() + checkEvery;
      // A source that can't be read now is asked again later; what was read serves until then.
      const found = await version().catch(() => built?.version);
      if (found !== built.version) start().catch(() => {});
      return value;
    },
    async settled() {
      await building?.catch(() => {});
    },
    [Symbol.dispose]: () => stop.abort(new Error("Closed.")),
  };
}
