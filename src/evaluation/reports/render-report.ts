import { MedRoundsError, type Report } from "#contracts";
import { chooseMetrics } from "../suites/choose-metrics.ts";
import { reportFormats } from "./formats/list.ts";
import type { Threshold } from "./formats/report-format.ts";

/** A report's figures in one of the forms of `formats/list.ts`. Throws `usage-invalid` for another. */
export function renderReport(
  report: Report,
  { format, thresholds }: { format: string; thresholds: readonly Threshold[] },
): string {
  const chosen = reportFormats.find(({ name }) => name === format);
  if (chosen) return chosen.write(report, { thresholds });
  const names = reportFormats.map(({ name }) => name).join(", ");
  throw new MedRoundsError("usage-invalid", `There is no form ${format.slice(0, 40)}; there are ${names}.`);
}

/**
 * What does not reach the thresholds, a sentence for each: an arm that is no baseline and has a lower figure, or none. Throws `usage-invalid`
 * for a metric that there is none of.
 */
export function sayBelow({ arms }: Report, thresholds: readonly Threshold[]): string[] {
  const known = chooseMetrics(undefined).map(({ name }) => name);
  return thresholds.flatMap(({ metric, least }) => {
    if (!known.includes(metric)) {
      const message = `There is no metric ${metric}; there are ${known.join(", ")}.`;
      throw new MedRoundsError("usage-invalid", message);
    }
    return arms
      .filter(({ isBaseline }) => !isBaseline)
      .flatMap(({ id, figures }) => {
        const value = figures.find((figure) => figure.metric === metric)?.value ?? null;
        if (value === null) return `${id} has no ${metric}.`;
        return value < least ? `${id}: ${metric} is ${value.toFixed(4)}, below ${least}.` : [];
      });
  });
}
