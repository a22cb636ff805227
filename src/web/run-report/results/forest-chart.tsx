import { useMemo } from "react";
import type { ReportArm } from "#contracts";
import { nameArm } from "../arm-name.ts";
import { IntervalChart, type IntervalPoint } from "./interval-chart.tsx";

/** The first figure of each arm with its interval, one line each. */
export function ForestChart({ arms }: { arms: readonly ReportArm[] }) {
  const points = useMemo(() => arms.flatMap(toPoint), [arms]);
  if (points.length === 0) return null;
  return (
    <IntervalChart
      points={points}
      domain={[0, 1]}
      label="The first figure of each arm with its 95 % interval"
    />
  );
}

function toPoint(arm: ReportArm): IntervalPoint[] {
  const { id, figures, isBaseline } = arm;
  const [figure] = figures;
  if (figure?.value == null) return [];
  const [low, high] = figure.interval ?? [figure.value, figure.value];
  return [{ id, name: nameArm(arm), value: figure.value, low, high, isHollow: isBaseline }];
}
