/**
 * Draws docs/scale-measurements.json, which bench/vectors-scale.ts printed, as docs/images/scale.svg.
 *
 *   node bench/plot-scale.ts
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

type Measurement = Record<string, number>;
type Panel = {
  title: string;
  low: number;
  high: number;
  /** Recall alone is on a plain axis. */
  linear?: true;
  lines: readonly { field: string; name: string }[];
};

const panels: readonly Panel[] = [
  {
    title: "Time to build, seconds",
    low: 0.001,
    high: 1000,
    lines: [
      { field: "optimizeSeconds", name: "indexing" },
      { field: "insertSeconds", name: "adding" },
    ],
  },
  {
    title: "Most memory while building, MB",
    low: 100,
    high: 10_000,
    lines: [{ field: "peakMemoryMegabytes", name: "" }],
  },
  { title: "Disk, MB", low: 10, high: 10_000, lines: [{ field: "diskMegabytes", name: "" }] },
  {
    title: "A search, milliseconds (median)",
    low: 1,
    high: 1000,
    lines: [
      { field: "exactMedianMilliseconds", name: "all compared" },
      { field: "medianMilliseconds", name: "by the index" },
    ],
  },
  {
    title: "Recall@10 of the index",
    low: 0.9,
    high: 1,
    linear: true,
    lines: [{ field: "recallAt10", name: "" }],
  },
];

const [cell, plot, margin] = [
  { width: 300, height: 230 },
  { width: 215, height: 150 },
  { left: 55, top: 40 },
];
const columns = 3;
const counts = [1e4, 1e5, 1e6];

const docs = join(import.meta.dirname, "../docs");
const { measurements } = JSON.parse(await readFile(join(docs, "scale-measurements.json"), "utf8")) as {
  measurements: Measurement[];
};
await writeFile(join(docs, "images/scale.svg"), draw());

function draw(): string {
  const [width, height] = [columns * cell.width, Math.ceil(panels.length / columns) * cell.height];
  const drawn = panels.map((panel, index) => {
    const [x, y] = [(index % columns) * cell.width, Math.floor(index / columns) * cell.height];
    return `<g transform="translate(${x + margin.left} ${y + margin.top})">\n${drawPanel(panel)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">Vectors of 384 numbers in LanceDB, from ten thousand to a million: time, memory, disk, search, recall</title>
<style>
svg { --paper: #ffffff; --ink: #1f2328; --faint: #d0d7de; --first: #0b5cad; --second: #b35900 }
@media (prefers-color-scheme: dark) {
  svg { --paper: #0d1117; --ink: #e6edf3; --faint: #30363d; --first: #79b8ff; --second: #ffa657 }
}
text { font: 12px system-ui, sans-serif; fill: var(--ink) }
.title { font-weight: 600 }
.grid { stroke: var(--faint); fill: none }
.line0 { stroke: var(--first); fill: var(--first) }
.line1 { stroke: var(--second); fill: var(--second) }
polyline { fill: none !important; stroke-width: 2 }
.line1 polyline { stroke-dasharray: 6 3 }
.name { stroke: none }
</style>
<rect width="${width}" height="${height}" fill="var(--paper)"/>
${drawn.join("\n")}
</svg>
`;
}

function drawPanel(panel: Panel): string {
  const { title, low, high, linear, lines } = panel;
  const share = (value: number) =>
    linear ? (value - low) / (high - low) : Math.log(value / low) / Math.log(high / low);
  const x = (count: number) => round((plot.width * Math.log10(count / 1e4)) / 2);
  const y = (value: number) => round(plot.height * (1 - share(value)));
  const grid = ticks(panel).map(
    (value) =>
      `<path class="grid" d="M0 ${y(value)}H${plot.width}"/><text x="-6" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  );
  const sizes = counts.map(
    (count) =>
      `<path class="grid" d="M${x(count)} 0V${plot.height}"/><text x="${x(count)}" y="${plot.height + 18}" text-anchor="middle">${count.toLocaleString("en-US")}</text>`,
  );
  const curves = lines.map(({ field, name }, index) => {
    const points = measurements.map((found) => [x(found.rows ?? 0), y(found[field] ?? 0)] as const);
    const dots = points.map(([left, top]) => `<circle cx="${left}" cy="${top}" r="3"/>`).join("");
    // Beside the middle point, on the side where no other line is.
    const [left, top] = points[1] ?? [0, 0];
    const place =
      index === 0 ? `x="${left - 8}" y="${top - 8}" text-anchor="end"` : `x="${left + 8}" y="${top + 18}"`;
    const label = name && `<text class="name" ${place} style="fill: inherit">${name}</text>`;
    return `<g class="line${index}"><polyline points="${points.join(" ")}"/>${dots}${label}</g>`;
  });
  return [`<text class="title" x="-40" y="-16">${title}</text>`, ...grid, ...sizes, ...curves].join("\n");
}

/** The powers of ten of an axis, or its ends and middle. */
function ticks({ low, high, linear }: Panel): number[] {
  if (linear) return [low, round((low + high) / 2), high];
  const first = Math.round(Math.log10(low));
  return Array.from({ length: Math.round(Math.log10(high)) - first + 1 }, (_, step) =>
    Number((10 ** (first + step)).toPrecision(1)),
  );
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
