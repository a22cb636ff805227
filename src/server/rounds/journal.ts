import { open } from "node:fs/promises";
import type { RoundEvent } from "#contracts";

/** A journal that is still being written, as its readers see it. */
export type Growth = {
  /** Rises with each event. */
  readonly version: number;
  readonly ended: boolean;
  /** Resolves when there is more than at `version`, at the end, after `milliseconds`, and when the signal aborts. */
  grown(request: { version: number; milliseconds: number; signal: AbortSignal }): Promise<void>;
};

export type Journal = {
  growth: Growth;
  /** Resolves when the event is in the file; a process that is killed then does not lose it. */
  append(event: RoundEvent): Promise<void>;
  end(): Promise<void>;
};

/** The events of a round in a file, one JSON object a line, that is only ever added to. */
export async function openJournal(file: string): Promise<Journal> {
  const handle = await open(file, "a", 0o600);
  const waiting = new Set<() => void>();
  let version = 0;
  let ended = false;
  const wake = () => {
    for (const resume of waiting) resume();
  };
  return {
    growth: {
      get version() {
        return version;
      },
      get ended() {
        return ended;
      },
      grown(request) {
        if (ended || version !== request.version || request.signal.aborted) return Promise.resolve();
        const { promise, resolve } = Promise.withResolvers<void>();
        const resume = () => resolve();
        const timer = setTimeout(resume, request.milliseconds);
        waiting.add(resume);
        request.signal.addEventListener("abort", resume);
        return promise.finally(() => {
          clearTimeout(timer);
          waiting.delete(resume);
          request.signal.removeEventListener("abort", resume);
        });
      },
    },
    async append(event) {
      await handle.appendFile(`${JSON.stringify(event)}\n`);
      version++;
      wake();
    },
    async end() {
      ended = true;
      wake();
      await handle.close();
    },
  };
}
