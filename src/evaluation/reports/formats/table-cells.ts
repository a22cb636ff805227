import type { ReportArm } from "#contracts";

/** What the tables of papers and notes say of an arm. */
export const tableHead = [
  "Model",
  "Condition",
  "Value",
  "95 % interval",
  "Gain",
  "p (Holm)",
  "Coverage",
  "Abstained",
  "Unparsed",
];

/** The cells of an arm under `tableHead`: its first figure, the gain over the first condition, and what became no answer. */
export function tableCells({
  run,
  model,
  condition,
  seed,
  isBaseline,
  figures,
  gain,
  counts,
}: ReportArm): string[] {
  const [first] = figures;
  const answered = counts.tasks - counts.missing - counts.failed;
  return [
    run === null ? model : `${run}: ${model}`,
    isBaseline ? condition : `${condition}, seed ${seed}`,
    sayFigure(first?.value ?? null),
    sayInterval(first?.interval ?? null),
    gain ? `${signed(gain.difference)} (${sayInterval(gain.interval)})` : "–",
    gain ? sayP(gain.adjusted) : "–",
    counts.tasks === 0 ? "–" : `${((100 * answered) / counts.tasks).toFixed(1)} %`,
    String(counts.abstained),
    String(counts.unparsed),
  ];
}

export function sayFigure(value: number | null): string {
  if (value === null) return "–";
  const amount = Math.abs(value);
  const shown = amount === 0 || amount >= 0.0005 ? amount.toFixed(amount >= 100 ? 1 : 3) : amount.toFixed(6);
  return value < 0 && Number(shown) > 0 ? `−${shown}` : shown;
}

export function sayInterval(interval: readonly [number, number] | null): string {
  return interval === null ? "–" : interval.map(sayFigure).join(" to ");
}

export function signed(value: number): string {
  return Number(value.toFixed(3)) > 0 ? `+${sayFigure(value)}` : sayFigure(value);
}

export function sayP(value: number): string {
  return value < 0.001 ? "< 0.001" : value.toFixed(3);
}
