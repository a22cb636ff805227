import type { Report, ReportPair } from "#contracts";
import { sayFigure, sayInterval, sayP, signed } from "./table-cells.ts";

/** The heads of a comparison's table, under which `pairCells` stand. */
export function pairHead(first: string, second: string): string[] {
  return ["Data set", "Arm", "Gain", "95 % interval", "p (Holm)", "Tasks", "Gained", "Lost", first, second];
}

/** The cells of two arms that are alike: the first figure of each, and what the second gains. */
export function pairCells(pair: ReportPair, report: Report): string[] {
  const { dataSet, gain } = pair;
  const { name, before, after } = pairFigures(pair, report);
  return [
    ...[dataSet, name, signed(gain.difference), sayInterval(gain.interval), sayP(gain.adjusted)],
    ...[gain.samples, gain.gained, gain.lost].map(String),
    ...[sayFigure(before), sayFigure(after)],
  ];
}

export function pairFigures({ first, second }: ReportPair, { arms }: Report) {
  const [one, other] = [first, second].map((id) => arms.find((arm) => arm.id === id));
  return {
    name: other ? `${other.model}, ${other.condition}, seed ${other.seed}` : second,
    before: one?.figures[0]?.value ?? null,
    after: other?.figures[0]?.value ?? null,
  };
}
