import { axisX, dot, gridX, ruleX, ruleY, text } from "@observablehq/plot";
import { useMemo } from "react";
import { shorten } from "../../plain-text.ts";
import { chartStyle, PlotFigure } from "./plot-figure.tsx";

/** Pixels, at 12 of them a line. */
const letterWidth = 6.4;

/** A figure with its interval; a hollow one is there to compare with. */
export type IntervalPoint = {
  id: string;
  name: string;
  value: number;
  low: number;
  high: number;
  isHollow: boolean;
};

/** Figures with their intervals, one line each, over one scale. */
export function IntervalChart(props: {
  points: readonly IntervalPoint[];
  domain: readonly [low: number, high: number];
  label: string;
}) {
  const { points, domain, label } = props;
  const [least, most] = domain;
  const draw = useMemo(() => {
    const longest = Math.max(...points.map(({ name }) => name.length));
    return (width: number) => {
      const isNarrow = width < 560;
      const names = Math.min(width * 0.55, longest * letterWidth + 16);
      const shown = points.map((point) => ({
        ...point,
        name: shorten(point.name, Math.floor((isNarrow ? width - 24 : names - 16) / letterWidth)),
      }));
      return {
        height: 40 + (isNarrow ? 40 : 24) * points.length,
        marginLeft: isNarrow ? 12 : names,
        marginRight: 20,
        style: chartStyle,
        x: { domain: [least, most], label: null },
        y: { domain: points.map(({ id }) => id), axis: null },
        marks: [
          gridX({ stroke: "var(--line)", strokeOpacity: 1 }),
          axisX({ ticks: isNarrow ? 4 : 5, tickSize: 0, label: null }),
          ...(least < 0 ? [ruleX([0], { stroke: "var(--line-strong)" })] : []),
          ruleY(shown, { y: "id", x1: "low", x2: "high", stroke: "var(--whisker)", strokeWidth: 1.5 }),
          dot(shown, {
            ...{ y: "id", x: "value", r: 4.5, stroke: "var(--accent)", strokeWidth: 1.5 },
            fill: ({ isHollow }: IntervalPoint) => (isHollow ? "var(--ground)" : "var(--accent)"),
          }),
          // Beside the lines where there is room, else above them.
          text(shown, {
            ...{ y: "id", text: "name", frameAnchor: "left", fill: "currentColor" },
            ...(isNarrow
              ? { dy: -15, textAnchor: "start", stroke: "var(--ground)", strokeWidth: 4 }
              : { dx: -12, textAnchor: "end" }),
          }),
        ],
      };
    };
  }, [points, least, most]);
  return <PlotFigure label={label} draw={draw} />;
}
