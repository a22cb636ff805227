import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MedRoundsError } from "#contracts";
import {
  type Arm,
  changeRunFile,
  type DataSet,
  expandSuite,
  hashSuite,
  lockLog,
  lockScores,
  logFileOf,
  openRunFolder,
  type RunFile,
  type RunProgress,
  runArms,
  type Shard,
  type StoppedLane,
  type Suite,
  withOwn,
} from "#evaluation";
import { productVersion, readBoundedFile, sha256, writeFileAtomically } from "#platform";
import { describeSource, findRewardProfile, readSafetyChecklist, type ScoringContext } from "#training";
import { findGrammar } from "#transcript";
import { connectSuiteModel } from "../suites/connect-suite-model.ts";
import { startDataSets } from "../suites/read-data-sets.ts";
import { openRounds, type RoundCondition } from "../suites/round-condition.ts";
import { answerWithRollout } from "./answer-with-rollout.ts";
import { openRolloutJudge, type RolloutJudgeChoice } from "./rollout-judge.ts";
import { type RolloutChoice, rolloutSuite } from "./rollout-suite.ts";
import { type WrittenRollouts, writeRollouts } from "./write-rollouts.ts";

export type RolloutRequest = RolloutChoice & {
  /** The rollouts' folder; one that holds rollouts made in the same way is gone on with. */
  folder: string;
  grammar?: string | undefined;
  /** A profile's name; without one nothing is scored. */
  reward?: string | undefined;
  /** Whether the options' log-probabilities are measured before anything is looked up, once a question. */
  measuresBefore?: boolean | undefined;
  judge?: RolloutJudgeChoice | undefined;
  /** Share of searches without a result, from which the run is flagged; 0.5 unless told. */
  emptyShare?: number | undefined;
  shard?: Shard | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RunProgress) => void) | undefined;
};

export type RolloutRun = WrittenRollouts & {
  folder: string;
  progress: RunProgress;
  /** Why the endpoint was not asked on, where it was not. */
  stopped: readonly StoppedLane[];
  notes: readonly string[];
};

/**
 * Makes rollouts: asks a chat model each question of a data set several times, by rounds through tags over a library, and keeps prompts,
 * transcripts, what was found and log-probabilities as lines of `rollouts.jsonl`, and what they come to as `summary.json`. A try that is there is not made again, so a run that was
 * killed goes on, and the same command with another reward scores anew and asks nothing.
 *
 * @throws MedRoundsError `run-differs` where the folder holds rollouts that were made in another way; `run-busy`, `path-occupied`,
 * `reward-profile-unknown`, `usage-invalid`, `disk-full`; the errors of reading a data set, opening a library and connecting a model; the
 * signal's reason
 */
export async function makeRollouts(request: RolloutRequest): Promise<RolloutRun> {
  const { seed, reward, grammar, shard, signal, onProgress, emptyShare = 0.5 } = request;
  const folder = resolve(request.folder);
  const profile = reward === undefined ? null : findRewardProfile(reward);
  findGrammar(grammar);
  const context = await readContext(signal);
  const suite = rolloutSuite(request);
  const before = await openRunFolder(folder, suite.name);
  await using _lock = await lockLog(folder, logFileOf(shard));
  const model = suite.models[0]!;
  const condition = suite.conditions[0] as RoundCondition;
  const chatModel = await connectSuiteModel(model, {
    purpose: "A rollout",
    requests: suite.limits.concurrency,
  });
  await using rounds = await openRounds(condition, signal);
  const { method } = rounds.recipe ?? {};
  if (method && method.type !== "proactive") throw notTags(condition.recipe ?? "");
  const { arms } = expandSuite(suite, () => ({
    ...{ endpoint: chatModel.endpoint, model: chatModel.name, rounds: rounds.fingerprint, grammar },
    measuresBefore: request.measuresBefore ?? false,
  }));
  const arm = arms[0]!;
  checkSame(before, { arm, folder });
  // The reading of data sets ends where the run ends before it.
  using closing = new DisposableStack();
  const ending = new AbortController();
  closing.defer(() => ending.abort());
  const reading = startDataSets(suite, signal ? AbortSignal.any([signal, ending.signal]) : ending.signal);
  const started = { at: new Date().toISOString(), suite, shard };
  await changeRunFile(folder, (now) => describeRun(now, { ...started, arm }));
  const { gateOf } = await import("#models");
  const { allowed } = gateOf(chatModel.endpoint, suite.limits.concurrency);
  const answerer = answerWithRollout({
    ...{ folder, chatModel, rounds, grammar, temperature: request.temperature },
    lane: { name: chatModel.endpoint, allowed, ahead: 0.5 },
    limits: {
      milliseconds: suite.limits.seconds * 1_000,
      ...(request.tokens === undefined ? {} : { tokens: request.tokens }),
    },
    pixels: request.pixels,
    before: request.measuresBefore ? { seed } : null,
  });
  const { progress, stopped } = await runArms({
    ...{ folder, shard, signal, onProgress, arms, samples: reading.samples },
    ...{ repeats: suite.repeats, retries: suite.limits.retries },
    open: () => answerer,
  });
  const dataSets = await reading.whole;
  await changeRunFile(folder, (now) => describeRun(now, { ...started, arm, dataSets }));
  await using _scores = await lockScores(folder, signal);
  await using judge = request.judge ? await openRolloutJudge(request.judge, { folder, seed, signal }) : null;
  const written = await writeRollouts({
    ...{ folder, arm: arm.id, profile, context, judge, emptyShare, signal },
    source: describeSource(dataSets[0]!),
  });
  await writeFileAtomically(join(folder, "summary.json"), `${JSON.stringify(written, null, 1)}\n`);
  const notes = [...dataSets.flatMap((dataSet) => dataSet.notes), ...(judge?.notes ?? [])];
  return { ...written, folder, progress, stopped, notes };
}

/** `recipes/rewards`, which stands at the same depth above the source and above the build. */
const checklistFile = fileURLToPath(new URL("../../../recipes/rewards/safety.yaml", import.meta.url));

async function readContext(signal: AbortSignal | undefined): Promise<ScoringContext> {
  const bytes = await readBoundedFile(checklistFile, signal ? { signal } : {});
  return { safetyChecklist: readSafetyChecklist(new TextDecoder().decode(bytes), checklistFile) };
}

function notTags(recipe: string): MedRoundsError {
  const message = `The recipe ${recipe} does not have a model speak tags, and rollouts are transcripts in tags.`;
  return new MedRoundsError("usage-invalid", message, { option: "--recipe" });
}

/** Tries that were drawn in another way are no tries at the same thing. */
function checkSame(before: RunFile | undefined, { arm, folder }: { arm: Arm; folder: string }): void {
  const [earlier] = before?.arms ?? [];
  if (earlier === undefined || earlier.hash === arm.hash) return;
  const message = `${folder} holds rollouts that were made with another model, library or setting.`;
  throw new MedRoundsError("run-differs", message, { path: folder });
}

function describeRun(
  now: RunFile | undefined,
  run: {
    at: string;
    suite: Suite;
    arm: Arm;
    shard: Shard | undefined;
    dataSets?: readonly DataSet[];
  },
): RunFile {
  const { at, suite, arm, shard, dataSets } = run;
  const start = {
    ...{ at, medrounds: productVersion(), suiteHash: hashSuite(suite) },
    shard: shard ? `${shard.index}/${shard.count}` : null,
  };
  const described = dataSets?.map(({ name, format, card, samples, refused }) => ({
    ...{ name, format, card, refused, samples: samples.length },
    images: samples.reduce((sum, { images }) => sum + images.length, 0),
    groups: new Set(samples.map(({ group }) => group)).size,
    hash: sha256(samples.map(({ id }) => id).join("\n")),
  }));
  return {
    ...{ version: 1, name: suite.name, suite, arms: [arm], leftOut: [] },
    dataSets: described ?? now?.dataSets ?? [],
    starts: withOwn(now?.starts, [start], ({ at, shard }) => `${at} ${shard}`),
    ...{ endpoints: now?.endpoints ?? [], scorings: [] },
    notes: dataSets?.flatMap(({ notes }) => notes) ?? now?.notes ?? [],
  };
}
