import { dot, line, link, ruleY } from "@observablehq/plot";
import { useMemo } from "react";
import type { ReportReliability } from "#contracts";
import { chartStyle, PlotFigure } from "./plot-figure.tsx";

/** Confidence against the share of right answers; what lies below the diagonal was too sure. */
export function ReliabilityChart({ bins }: { bins: ReportReliability }) {
  const draw = useMemo(() => {
    const most = Math.max(...bins.map(({ count }) => count));
    return () => ({
      ...{ height: 300, marginLeft: 44, marginBottom: 40 },
      style: chartStyle,
      x: { domain: [0, 1], label: "Confidence", ticks: 5, tickSize: 0 },
      y: { domain: [0, 1], label: "Share right", ticks: 5, tickSize: 0 },
      marks: [
        ruleY([0], { stroke: "var(--line-strong)" }),
        link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: "var(--line-strong)", strokeDasharray: "3 3" }),
        line(bins, { x: "confidence", y: "share", stroke: "var(--accent)", strokeWidth: 1.5 }),
        dot(bins, {
          ...{ x: "confidence", y: "share", fill: "var(--accent)" },
          r: ({ count }: ReportReliability[number]) => 3 + 5 * Math.sqrt(count / most),
        }),
      ],
    });
  }, [bins]);
  return <PlotFigure label="Confidence against the share of right answers" draw={draw} />;
}
