import type { Report, ReportArm, ReportComparison } from "#contracts";
import { armIn } from "./name-runs.ts";
import { tellDifferences } from "./tell-differences.ts";

/** Two reports as one of both runs: the arms of the first, those of the second, then the baselines. */
export function joinReports(first: Report, second: Report, comparison: ReportComparison): Report {
  const { first: one, second: other } = comparison;
  const known = new Map(first.dataSets.map((dataSet) => [dataSet.name, dataSet]));
  const isAsked = ({ isBaseline }: ReportArm) => !isBaseline;
  const baselines = first.arms.filter(({ isBaseline }) => isBaseline);
  const shown = new Set(baselines.map(({ id }) => id));
  const differences = tellDifferences(first, second, [one, other]);
  const ofFirst = differences.length > 0 && baselines.length > 0 ? [`Baselines are those of ${one}.`] : [];
  return {
    ...second,
    name: `${one} and ${other}`,
    title: `${one} and ${other}`,
    profile: [...new Set([first.profile, second.profile])].join(", "),
    starts: [...first.starts, ...second.starts],
    seeds: [...new Set([...first.seeds, ...second.seeds])],
    dataSets: [
      ...known
        .values()
        .map((dataSet) => second.dataSets.find(({ name }) => name === dataSet.name) ?? dataSet),
      ...second.dataSets.filter(({ name }) => !known.has(name)),
    ],
    arms: [
      ...first.arms.filter(isAsked).map((arm) => inRun(arm, one)),
      ...second.arms.filter(isAsked).map((arm) => inRun(arm, other)),
      ...baselines,
      ...second.arms.filter(({ isBaseline, id }) => isBaseline && !shown.has(id)),
    ],
    leftOut: [...first.leftOut, ...second.leftOut],
    suite: JSON.stringify({ [one]: JSON.parse(first.suite), [other]: JSON.parse(second.suite) }, null, 2),
    notes: [...new Set([...differences, ...ofFirst, ...first.notes, ...second.notes])],
    comparison,
  };
}

function inRun(arm: ReportArm, run: string): ReportArm {
  const { id, gain } = arm;
  return { ...arm, id: armIn(run, id), run, gain: gain && { ...gain, over: armIn(run, gain.over) } };
}
