import type { DifferentialEntry, Option } from "#contracts";
import { plain, type Terminal } from "../terminal.ts";

const numbersWidth = "  0.00  0.00–0.00".length;
const widestBar = 24;
const narrowestBar = 8;

/** A differential as bars with probability and interval. An option is named by its label and its text. */
export function renderDifferential(
  differential: readonly DifferentialEntry[],
  { options, terminal }: { options: readonly Option[]; terminal: Terminal },
): string[] {
  if (differential.length === 0) return [];
  const textOf = new Map(options.map(({ label, text }) => [label, text]));
  const names = differential.map(({ label }) => {
    const text = textOf.get(label);
    return plain(text === undefined ? label : `${label}  ${text}`);
  });
  const room = terminal.width - numbersWidth - 4;
  const nameWidth = Math.min(40, room - narrowestBar, Math.max(...names.map((name) => name.length)));
  const barWidth = Math.min(widestBar, room - nameWidth);
  const lines = differential.map(({ probability, interval: [low, high] }, index) => {
    const filled = Math.round(probability * barWidth);
    const rest = "·".repeat(barWidth - filled);
    const bar = `${terminal.paint("accent", "█".repeat(filled))}${terminal.paint("quiet", rest)}`;
    const interval = terminal.paint("quiet", `${low.toFixed(2)}–${high.toFixed(2)}`);
    return `  ${clip(names[index] ?? "", nameWidth)}  ${bar}  ${probability.toFixed(2)}  ${interval}`;
  });
  return ["", terminal.paint("quiet", "Differential, with 95 % intervals"), ...lines];
}

function clip(name: string, width: number): string {
  return name.length <= width ? name.padEnd(width) : `${name.slice(0, width - 1)}…`;
}
