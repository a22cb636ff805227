import type { ReportComparison, ReportGain } from "#contracts";
import { holm } from "#statistics";
import type { ScoredSample } from "../answers/answer.ts";
import type { Arm } from "../suites/arms.ts";
import type { CollectedRun } from "./collect-run.ts";
import { tellGain } from "./gain.ts";
import { armIn, nameRuns } from "./name-runs.ts";
import { tellDifferences } from "./tell-differences.ts";
import { type ToldRun, tellRun } from "./tell-run.ts";

/** A task that only one of two arms has right. */
type AnswerFlip = {
  sample: string;
  sourceId: string;
  repeat: number;
  /** Right with the second. */
  isGain: boolean;
  first: string;
  second: string;
};

type ArmComparison = {
  dataSet: string;
  first: string;
  second: string;
  gain: ReportGain;
  flips: readonly AnswerFlip[];
};

/** Two runs beside each other: arms of the same names, on the tasks that both have. p values are adjusted over all of them. */
export type AnswerRunComparison = {
  /** The runs' names, or their folders' where those are the same. */
  first: string;
  second: string;
  arms: readonly ArmComparison[];
  /** Arms that have none beside them, or no common task. */
  alone: readonly string[];
  /** Sentences about what makes the runs less than comparable: other samples, another profile. */
  notes: readonly string[];
};

/** Throws as `writePage` does, for either run. */
export async function compareAnswerRuns(request: {
  first: string;
  second: string;
  signal?: AbortSignal | undefined;
}): Promise<AnswerRunComparison> {
  const { signal } = request;
  const first = await tellRun({ folder: request.first, signal });
  const second = await tellRun({ folder: request.second, signal });
  const names = nameRuns([
    { folder: request.first, run: first.run },
    { folder: request.second, run: second.run },
  ]);
  return compare(first, second, names);
}

/** The same as a report tells it: arms by their ids in a report of both, without the samples that flipped. */
export function compareToldRuns(
  first: ToldRun,
  second: ToldRun,
  names: readonly [string, string],
): ReportComparison {
  const { arms, alone: _, notes: __, ...runs } = compare(first, second, names);
  const [one, other] = names;
  const compared = new Set(arms.flatMap((pair) => [armIn(one, pair.first), armIn(other, pair.second)]));
  const all = [
    ...first.run.arms.map(({ id }) => armIn(one, id)),
    ...second.run.arms.map(({ id }) => armIn(other, id)),
  ];
  return {
    ...runs,
    pairs: arms.map(({ dataSet, gain, ...pair }) => {
      const over = armIn(one, pair.first);
      return { dataSet, first: over, second: armIn(other, pair.second), gain: { ...gain, over } };
    }),
    alone: all.filter((id) => !compared.has(id)),
  };
}

function compare(
  first: ToldRun,
  second: ToldRun,
  [one, other]: readonly [string, string],
): AnswerRunComparison {
  const paired = first.run.arms.flatMap((arm) => {
    const like = findOther(arm, { from: first.run.arms, to: second.run.arms });
    return like ? [[arm, like] as const] : [];
  });
  const arms = paired.flatMap(([arm, like]): ArmComparison[] => {
    const before = first.collected.scored.get(arm.id) ?? [];
    const after = second.collected.scored.get(like.id) ?? [];
    const gain = tellGain(before, after, { over: arm.id, seed: arm.seed });
    if (!gain) return [];
    const flips = findFlips(before, after, namesOf(first.collected, arm.dataSet));
    return [{ dataSet: arm.dataSet, first: arm.id, second: like.id, gain, flips }];
  });
  const adjusted = holm(arms.map(({ gain }) => gain.pValue));
  const compared = new Set(arms.flatMap((pair) => [`1 ${pair.first}`, `2 ${pair.second}`]));
  return {
    first: one,
    second: other,
    arms: arms.map((pair, place) => ({ ...pair, gain: { ...pair.gain, adjusted: adjusted[place] ?? 1 } })),
    alone: [
      ...first.run.arms.filter(({ id }) => !compared.has(`1 ${id}`)),
      ...second.run.arms.filter(({ id }) => !compared.has(`2 ${id}`)),
    ].map(({ id }) => id),
    notes: tellDifferences(first.report, second.report, [one, other]),
  };
}

/** The arm of the same names; where each run has but one on the data set, that one. */
function findOther(arm: Arm, { from, to }: { from: readonly Arm[]; to: readonly Arm[] }): Arm | undefined {
  const isOn = ({ dataSet }: Arm) => dataSet === arm.dataSet;
  const others = to.filter(isOn);
  const same = others.find(
    ({ model, condition, seed }) => model === arm.model && condition === arm.condition && seed === arm.seed,
  );
  if (same) return same;
  return others.length === 1 && from.filter(isOn).length === 1 ? others[0] : undefined;
}

function namesOf({ samples }: CollectedRun, dataSet: string): ReadonlyMap<string, string> {
  return new Map(samples.get(dataSet)?.map(({ id, sourceId }) => [id, sourceId]));
}

function findFlips(
  before: readonly ScoredSample[],
  after: readonly ScoredSample[],
  names: ReadonlyMap<string, string>,
): AnswerFlip[] {
  const earlier = new Map(before.map((one) => [`${one.sample} ${one.repeat}`, one]));
  return after.flatMap((second) => {
    const { sample, repeat } = second;
    const first = earlier.get(`${sample} ${repeat}`);
    if (!first || first.correct === null || second.correct === null) return [];
    const [was, is] = [first.correct === 1, second.correct === 1];
    if (was === is) return [];
    const sourceId = names.get(sample) ?? sample;
    return [{ sample, sourceId, repeat, isGain: is, first: sayRead(first), second: sayRead(second) }];
  });
}

function sayRead({ extraction, labels, texts }: ScoredSample): string {
  if (extraction?.state !== "parsed") return extraction?.state ?? "failed";
  const { label, text } = extraction;
  return label === null ? text : `${label} ${texts[labels.indexOf(label)] ?? ""}`.trim();
}
