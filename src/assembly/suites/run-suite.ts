import { resolve } from "node:path";
import {
  changeRunFile,
  type DataSet,
  type DataSetLeaks,
  type FailureCount,
  hashSuite,
  lockLog,
  lockScores,
  logFileOf,
  openRunFolder,
  type RunDataSet,
  type RunFile,
  type RunProgress,
  readSuite,
  reuseAnswers,
  runArms,
  type Shard,
  type StoppedLane,
  type Suite,
  withOwn,
  writeRunSamples,
} from "#evaluation";
import { productVersion, sha256 } from "#platform";
import { type ArmSummary, summarizeArms } from "./arm-summary.ts";
import { checkExemplars } from "./check-exemplars.ts";
import { checkSuite } from "./check-suite.ts";
import { connectJudges } from "./connect-judge.ts";
import { keepBaselines } from "./keep-baselines.ts";
import { keepLeaks } from "./keep-leaks.ts";
import { openSuite } from "./open-suite.ts";
import { type ScoringNote, scoreSuite } from "./score-suite.ts";

export type SuiteRunRequest = {
  /** The suite's file. */
  file: string;
  /** The run's folder; one that holds the same suite's run is gone on with. */
  folder: string;
  /** At most so many samples of each data set, where the suite allows more. */
  limit?: number | undefined;
  shard?: Shard | undefined;
  /** Folders of other runs, whose answers are taken over where they are to the same arms. */
  reuse?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Images are described for baselines that compare them and for examples; those that were described before are not counted. */
  onDescribing?: ((progress: { done: number; of: number }) => void) | undefined;
};

export type SuiteRun = {
  folder: string;
  progress: RunProgress;
  reused: number;
  /** Why samples failed for good in this run, the most frequent first. */
  failures: readonly FailureCount[];
  /** Endpoints that were not asked on, and why. */
  stopped: readonly StoppedLane[];
  run: RunFile;
  /** How many samples of a data set something in a library, or shown as an example, is related to; those where any is. */
  leaks: readonly (Pick<DataSetLeaks, "dataSet" | "of" | "sources" | "checked"> & { samples: number })[];
  arms: readonly ArmSummary[];
};

/**
 * Runs a suite into a folder: asks what no earlier run into it has answered. An abort ends it in good order; what was answered is in the
 * folder's log, and the next run goes on there.
 *
 * @throws MedRoundsError `run-busy`, `run-differs`, `path-occupied`, `suite-invalid`, `disk-full`; the errors of `openSuite` and `connectJudges`; the signal's reason
 */
export async function runSuite(request: SuiteRunRequest): Promise<SuiteRun> {
  const { limit, shard, reuse = [], signal, onProgress, onDescribing } = request;
  const folder = resolve(request.folder);
  const read = await readSuite(request.file, signal);
  await checkSuite(read, signal);
  const { suite } = read;
  const limited = withLimit(suite, limit);
  await openRunFolder(folder, suite.name);
  await using _lock = await lockLog(folder, logFileOf(shard));
  if (suite.judge) await reachJudges(suite.judge, { folder, seed: suite.seeds[0] ?? 1, signal });
  await using open = await openSuite(limited, { folder, onDescribing, signal });
  const start = {
    at: new Date().toISOString(),
    medrounds: productVersion(),
    suiteHash: hashSuite(limited),
    shard: shard ? `${shard.index}/${shard.count}` : null,
  };
  const endpoints = new Map<string, { at: string; allowed: number }[]>();
  const scorings: ScoringNote[] = [];
  let dataSets: readonly DataSet[] | undefined;
  let exemplarNotes: readonly string[] = [];
  const describe = (now: RunFile | undefined): RunFile => ({
    version: 1,
    name: suite.name,
    suite: limited,
    arms: open.arms,
    leftOut: open.leftOut,
    dataSets: dataSets?.map(describeDataSet) ?? now?.dataSets ?? [],
    starts: withOwn(now?.starts, [start], ({ at, shard }) => `${at} ${shard}`),
    endpoints: withOwn(
      now?.endpoints,
      [...endpoints].map(([endpoint, changes]) => ({ endpoint, changes })),
      ({ endpoint, changes: [first] }) => `${endpoint} ${first?.at}`,
    ),
    scorings: withOwn(now?.scorings, scorings, ({ at }) => at),
    notes: [...(dataSets ?? []).flatMap(noteDataSet), ...open.notes, ...exemplarNotes],
  });
  await changeRunFile(folder, describe);
  const reused = await reuseAnswers({ folder, from: reuse, arms: open.arms, shard, signal });
  const reading = (async () => {
    dataSets = await open.dataSets;
    await writeRunSamples(folder, dataSets);
    await changeRunFile(folder, describe);
  })();
  try {
    const asking = runArms({
      ...{ folder, shard, signal, onProgress },
      arms: open.arms,
      samples: open.samples,
      repeats: suite.repeats,
      retries: suite.limits.retries,
      open: open.open,
      onLane(endpoint, allowed) {
        const changes = endpoints.get(endpoint) ?? [];
        endpoints.set(endpoint, changes);
        if (changes.length < mostChanges) changes.push({ at: new Date().toISOString(), allowed });
      },
    });
    // Neither is left alone where the other fails.
    await Promise.allSettled([asking, reading]);
    await reading;
    const { progress, failures, stopped } = await asking;
    const exemplars = await checkExemplars(open, { folder, signal });
    exemplarNotes = exemplars.notes;
    const leaks = await keepLeaks(open, { folder, ofExemplars: exemplars.leaks, signal });
    const baselines = await keepBaselines(open, { folder, signal });
    const { profile } = limited;
    await using _scores = await lockScores(folder, signal);
    const scoring = { folder, suite: limited, arms: open.arms, profile, dataSets: open.dataSets, signal };
    const { scored, note } = await scoreSuite({ ...scoring, judged: true }).catch(async (error: unknown) => {
      signal?.throwIfAborted();
      // A judge that is not to be had leaves the answers scored.
      if (limited.judge) scorings.push((await scoreSuite({ ...scoring, judged: false })).note);
      throw error;
    });
    scorings.push(note);
    return {
      ...{ folder, progress, reused, failures, stopped, run: await changeRunFile(folder, describe) },
      leaks: leaks.map(countLeaks).filter(({ samples }) => samples > 0),
      arms: summarizeArms(suite, { arms: scored, baselines }),
    };
  } finally {
    await changeRunFile(folder, describe);
  }
}

/** Asks judges about their test cases: one that is not to be had is told before all else is asked. */
async function reachJudges(
  judge: NonNullable<Suite["judge"]>,
  options: Pick<Parameters<typeof connectJudges>[1], "folder" | "seed" | "signal">,
): Promise<void> {
  await using _open = await connectJudges(judge, { ...options, samples: async () => [] });
}

/** A server that goes up and down is not told of without end. */
const mostChanges = 1_000;

/** A suite for a first look. */
export function withLimit(suite: Suite, limit: number | undefined): Suite {
  if (limit === undefined) return suite;
  const dataSets = suite.dataSets.map((dataSet) => ({
    ...dataSet,
    limit: Math.min(limit, dataSet.limit ?? limit),
  }));
  return { ...suite, dataSets };
}

function describeDataSet({ name, format, card, samples, refused }: DataSet): RunDataSet {
  return {
    ...{ name, format, card, refused },
    samples: samples.length,
    images: samples.reduce((sum, { images }) => sum + images.length, 0),
    groups: new Set(samples.map(({ group }) => group)).size,
    hash: sha256(samples.map(({ id }) => id).join("\n")),
  };
}

const fewestSamples = 30;
const fewestGroups = 20;

function noteDataSet(dataSet: DataSet): string[] {
  const { name, samples, groups } = describeDataSet(dataSet);
  return [
    ...dataSet.notes,
    ...sayRefused(dataSet),
    ...(samples < fewestSamples ? [`Only ${samples} samples: the figure says little.`] : []),
    ...(groups < fewestGroups ? [`Only ${groups} groups of samples: the intervals are too narrow.`] : []),
  ].map((note) => `${name}: ${note}`);
}

function sayRefused({ refused }: DataSet): string[] {
  const [first] = refused;
  if (!first) return [];
  const rows = refused.length === 1 ? "1 row was refused" : `${refused.length} rows were refused`;
  return [`${rows}, the first, ${first.sourceId}: ${first.message}`];
}

function countLeaks({ dataSet, of, sources, checked, touched }: DataSetLeaks): SuiteRun["leaks"][number] {
  return { dataSet, of, sources, checked, samples: Object.keys(touched).length };
}
