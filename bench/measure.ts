/** A figure of a bench: what was measured, what it must reach, and the same work by a named peer in the same run. */
export type Figure = {
  what: string;
  value: number;
  unit: string;
  target: string;
  peer?: { name: string; value: number };
};

/** Median, and 95th percentile, of the milliseconds that each of `runs` calls takes, after `warmup` calls that do not count. */
export async function time(
  work: (index: number) => Promise<unknown> | unknown,
  { runs, warmup = 3 }: { runs: number; warmup?: number },
): Promise<{ median: number; high: number }> {
  const times: number[] = [];
  for (let index = -warmup; index < runs; index++) {
    const began = performance.now();
    await work(Math.max(0, index));
    if (index >= 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { median: at(0.5), high: at(0.95) };
}

export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map(({ what, value, unit, target, peer }) => [
    what,
    `${format(value)} ${unit}`,
    target,
    peer ? `${format(peer.value)} ${unit}` : "",
    peer ? (value / peer.value).toFixed(2) : "",
    peer?.name ?? "",
  ]);
  const table = [["Figure", "Measured", "Target", "Peer", "Ratio", "Peer's name"], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
