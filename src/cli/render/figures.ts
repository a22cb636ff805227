/** An interval of figures, or a dash where there is none. */
export function showInterval(interval: [low: number, high: number] | null): string {
  return interval === null ? "–" : interval.map(showFigure).join(" to ");
}

/** A difference with its sign; what rounds to zero has none. */
export function signed(value: number): string {
  const shown = showFigure(value);
  return Number(value.toFixed(4)) > 0 ? `+${shown}` : shown;
}

/** Four decimals, with a minus sign rather than a hyphen. */
function showFigure(value: number): string {
  const shown = Math.abs(value).toFixed(4);
  return Number(shown) > 0 && value < 0 ? `−${shown}` : shown;
}
