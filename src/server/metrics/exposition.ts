import type { Labels, Metric } from "./metric.ts";

/** The media type of Prometheus' text format. */
export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

/** Metrics in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats). */
export async function writeExposition(metrics: readonly Metric[]): Promise<string> {
  const families = metrics.map(async ({ name, help, type, samples }) => {
    const lines = (await samples()).map(
      ({ suffix = "", labels, value }) => `${name}${suffix}${writeLabels(labels)} ${writeNumber(value)}`,
    );
    return [`# HELP ${name} ${escapeText(help)}`, `# TYPE ${name} ${type}`, ...lines];
  });
  return `${(await Promise.all(families)).flat().join("\n")}\n`;
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escapeText(value).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function writeNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
