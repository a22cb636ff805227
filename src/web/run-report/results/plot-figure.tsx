import { type PlotOptions, plot } from "@observablehq/plot";
import { useEffect, useRef } from "react";

export const chartStyle = {
  background: "none",
  fontFamily: "var(--reading)",
  fontSize: "12px",
  color: "var(--text-soft)",
} as const;

/** A chart that takes the width of its place, and again as that changes. Its words come from `label`; the figures stand in a table as well. */
export function PlotFigure({ label, draw }: { label: string; draw: (width: number) => PlotOptions }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let drawn = 0;
    const observer = new ResizeObserver(() => {
      const width = Math.floor(element.clientWidth);
      if (width === drawn || width === 0) return;
      drawn = width;
      const chart = plot({ ...draw(width), width });
      // The place has the words; those that the library gives to parts are for no one.
      chart.setAttribute("aria-hidden", "true");
      element.replaceChildren(chart);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [draw]);
  return <div className="chart" ref={place} role="img" aria-label={label} />;
}
