import type { ArmSummary } from "#assembly";
import { renderTable } from "../../render/table.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";

/** A table of arms: the first figure that applies to each, with its interval, how many answers there are, and which were not read. */
export function renderArms(arms: readonly ArmSummary[], terminal: Terminal): string[] {
  const rows = arms.map(({ arm, tasks, answered, failed, unparsed, refused, abstained, figure }) => [
    plain(arm),
    figure?.title ?? "–",
    figure === null || figure.value === null ? "–" : figure.value.toFixed(3),
    figure?.interval ? `${figure.interval[0].toFixed(3)}–${figure.interval[1].toFixed(3)}` : "–",
    answered === tasks ? String(tasks) : `${answered} of ${tasks}`,
    [abstained, unparsed, refused, failed].join(" / "),
  ]);
  const head = [
    "Arm",
    "figure",
    "value",
    "95 % interval",
    "answers",
    "abstained / unparsed / refused / failed",
  ];
  return [...renderTable([head, ...rows], [2, 4]), ...sayWarnings(arms, terminal)];
}

/** Once for a data set where all its arms have the warning, else for those that have it. */
function sayWarnings(arms: readonly ArmSummary[], { width }: Terminal): string[] {
  const warned = arms.flatMap((arm) => (arm.figure?.warnings ?? []).map((warning) => ({ arm, warning })));
  const alike = Map.groupBy(warned, ({ arm, warning }) => `${arm.dataSet}\n${warning}`);
  return [...alike.values()].map((same) => {
    const { dataSet } = same[0]!.arm;
    const told = arms.filter((arm) => arm.dataSet === dataSet && arm.figure !== null);
    const who = same.length === told.length ? [dataSet] : same.map(({ arm }) => arm.arm);
    return wrap(`${who.map(plain).join(", ")}: ${same[0]!.warning}`, width);
  });
}
