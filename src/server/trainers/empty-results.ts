export type EmptyResultsAlarm = {
  /** The share of the window's queries without results that raises the alarm; above 0, at most 1. */
  share: number;
  /** The latest queries that are looked at. */
  window: number;
  /** Queries before which nothing is judged. */
  atLeast: number;
};

export const defaultEmptyResultsAlarm: EmptyResultsAlarm = { share: 0.5, window: 200, atLeast: 50 };

/** At this part of the alarm's share it is over; the gap keeps a share that wavers from raising it again and again. */
const clearFactor = 0.8;

export type EmptyResultsState = {
  /** Of the queries in the window, those without results; 0 where there are none. */
  share: number;
  queries: number;
  alarm: boolean;
  threshold: number;
};

export type EmptyResults = {
  /** Counts one query. */
  count(isEmpty: boolean): void;
  state(): EmptyResultsState;
};

/**
 * Watches the latest queries of all trainers. A trainer does not notice that every search of it comes back empty: training goes on,
 * for hundreds of steps, with nothing to learn from (rllm #392). `onChange` is told once when the alarm begins and once when it
 * ends.
 */
export function watchEmptyResults(
  { share: threshold, window, atLeast }: EmptyResultsAlarm,
  onChange: (state: EmptyResultsState) => void,
): EmptyResults {
  const latest = new Uint8Array(window);
  let queries = 0;
  let next = 0;
  let empty = 0;
  let alarm = false;
  const state = () => ({ share: queries === 0 ? 0 : empty / queries, queries, alarm, threshold });
  return {
    count(isEmpty) {
      empty += Number(isEmpty) - (latest[next] ?? 0);
      latest[next] = Number(isEmpty);
      next = (next + 1) % window;
      queries = Math.min(queries + 1, window);
      if (queries < Math.min(atLeast, window)) return;
      const isNow = empty / queries >= (alarm ? threshold * clearFactor : threshold);
      if (isNow === alarm) return;
      alarm = isNow;
      onChange(state());
    },
    state,
  };
}

/** An alarm's beginning or end, in words for the terminal. */
export function tellEmptyResults({ share, queries, alarm, threshold }: EmptyResultsState): string {
  const percent = (part: number) => `${Math.round(part * 100)} %`;
  const found = `${percent(share)} of the last ${queries} queries found nothing`;
  return alarm
    ? `Alarm: ${found} (threshold ${percent(threshold)}). Check the trainer's queries and the library.`
    : `The alarm of empty results is over: ${found}.`;
}
