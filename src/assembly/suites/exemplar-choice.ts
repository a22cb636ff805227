import { MedRoundsError } from "#contracts";
import {
  barredSamples,
  chooseExemplars,
  type DataSet,
  type Exemplar,
  type ExemplarRule,
  readRecordFile,
  recordedExemplars,
  type Sample,
  type SuiteCondition,
} from "#evaluation";
import type { ExemplarPools } from "./exemplar-pools.ts";

type FewShotCondition = Extract<SuiteCondition, { type: "few-shot" }>;

/** Where the examples of a condition's questions come from. */
export type ExemplarChoice = {
  /** All that the examples depend on beside the sample and the seeds. */
  fingerprint: unknown;
  /** `armSeed` draws what is the same for all questions of an arm, `seed` what is drawn for this one. */
  choose(sample: Sample, seeds: { armSeed: number; seed: number }): Promise<readonly Exemplar[]>;
  /** How many examples a question is to have. */
  wanted(sample: Sample): number;
  /** What is to be known of the examples. */
  notes: readonly string[];
};

type Request = {
  condition: FewShotCondition;
  dataSet: DataSet;
  pools: ExemplarPools;
  signal?: AbortSignal | undefined;
};

/**
 * Opens what a condition takes its examples from: by a rule, or from a file of records.
 *
 * @throws MedRoundsError `few-shot-file-invalid` for a file of records that asks about none of the data set's samples; the errors of reading
 * files and data sets
 */
export function openExemplarChoice(request: Request): Promise<ExemplarChoice> {
  return request.condition.records === undefined ? openRule(request) : openRecorded(request);
}

async function openRule({ condition, dataSet, pools, signal }: Request): Promise<ExemplarChoice> {
  const pool = await pools(dataSet, condition);
  const bars = await readBars({ condition, samples: [...pool.samples, ...dataSet.samples], signal });
  const barred = new Set([
    ...bars.barred,
    ...(condition.barsAsked ? dataSet.samples.map(({ id }) => id) : []),
  ]);
  const rule = ruleOf(condition);
  return {
    fingerprint: { pool: pool.fingerprint, barred: [...barred].sort() },
    async choose(sample, seeds) {
      const choosing = { pool: await pool.open(), rule, barred, ...seeds };
      return chooseExemplars(sample, choosing).exemplars;
    },
    wanted: ({ options }) => {
      const classes = new Set(options.map(({ text }) => text)).size;
      return rule.amount.number * (rule.amount.type === "per-class" ? Math.max(1, classes) : 1);
    },
    notes: bars.notes,
  };
}

async function readBars(request: {
  condition: FewShotCondition;
  samples: readonly Sample[];
  signal: AbortSignal | undefined;
}): Promise<{ barred: ReadonlySet<string>; notes: string[] }> {
  const { condition, samples, signal } = request;
  if (condition.barred === undefined) return { barred: new Set(), notes: [] };
  const { records, refused } = await readRecordFile(condition.barred, signal);
  const { barred, unknown } = barredSamples(records, samples);
  const notes =
    unknown.length === 0 ? [] : [`Of ${records.length} barred images ${unknown.length} are of no sample.`];
  return { barred, notes: [...notes, ...sayRefused(refused.length)] };
}

async function openRecorded({ condition, dataSet, pools, signal }: Request): Promise<ExemplarChoice> {
  const { records, refused, hash } = await readRecordFile(condition.records ?? "", signal);
  const { samples, fingerprint } = await pools(dataSet, condition);
  const recorded = recordedExemplars(records, { asked: dataSet.samples, pool: samples });
  const asked = dataSet.samples.filter((sample) => recorded.of(sample) !== null).length;
  if (asked === 0) {
    const message = `The file of records asks about no sample of ${dataSet.name}.`;
    throw new MedRoundsError("few-shot-file-invalid", message, { records: records.length });
  }
  const left = dataSet.samples.length - asked;
  return {
    fingerprint: { records: hash, pool: fingerprint },
    choose: async (sample) => recorded.of(sample)?.exemplars ?? [],
    wanted(sample) {
      const { exemplars, missing } = recorded.of(sample) ?? { exemplars: [], missing: [] };
      return exemplars.length + missing.length;
    },
    notes: [
      ...(left === 0 ? [] : [`${left} questions are in no record, and were asked without examples.`]),
      ...sayRefused(refused.length),
    ],
  };
}

function sayRefused(rows: number): string[] {
  return rows === 0 ? [] : [`${rows} rows of the file of records are no records.`];
}

/** Recorded ones have none: they come with a file. */
function ruleOf({ exemplars, perClass, count, order }: FewShotCondition): ExemplarRule {
  const amount =
    count === undefined
      ? ({ type: "per-class", number: perClass ?? 1 } as const)
      : ({ type: "of-all", number: count } as const);
  return { choice: exemplars === "recorded" ? "similar" : exemplars, amount, order };
}
