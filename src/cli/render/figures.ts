/** An interval of figures, or a dash where there is none. */
export function showInterval(interval: [low: number, high: number] | null): string {
  return interval === null ? "–" : interval.map((end) => end.toFixed(4)).join(" to ");
}

/** A difference with its sign. */
export function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}
