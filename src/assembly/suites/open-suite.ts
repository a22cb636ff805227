import { availableParallelism } from "node:os";
import { MedRoundsError } from "#contracts";
import {
  type Answerer,
  type Arm,
  type ArmParts,
  type DataSet,
  expandSuite,
  type LeftOutArm,
  type Sample,
  type SampleSource,
  type Suite,
} from "#evaluation";
import type { Library } from "#library";
import type { ChatModel } from "#models";
import type { Calibration } from "#reasoning";
import { readModelCalibration } from "../choose-confidence.ts";
import { answerByPrompt } from "./answer-by-prompt.ts";
import { answerByRound } from "./answer-by-round.ts";
import { connectSuiteModel } from "./connect-suite-model.ts";
import type { Describing } from "./describe-samples.ts";
import { createExemplarPools, type ExemplarPools } from "./exemplar-pools.ts";
import { type OpenPrompts, openPrompts } from "./prompt-condition.ts";
import { startDataSets } from "./read-data-sets.ts";
import { type OpenRounds, openRounds } from "./round-condition.ts";

/** A suite whose data are read and whose libraries and prompts are open. Dispose of it to free them. */
export type OpenSuite = AsyncDisposable & {
  suite: Suite;
  /** By the data sets' names, as they are read. */
  samples: ReadonlyMap<string, SampleSource>;
  /** All of them, once they are read. Rejects with the errors of reading data sets. */
  dataSets: Promise<readonly DataSet[]>;
  arms: readonly Arm[];
  leftOut: readonly LeftOutArm[];
  open(arm: Arm): Answerer;
  pools: ExemplarPools;
  /** How many examples a question of an arm is to have. */
  exemplarsWanted(arm: Arm, sample: Sample): number;
  /** What is to be known of how it is asked. */
  notes: readonly string[];
  /** What the conditions search. */
  libraries: readonly { condition: string; library: Library; fingerprint: unknown }[];
};

/**
 * Opens all that the arms of a suite need and begins to read its data sets, which goes on while it is asked, unless examples are chosen
 * from them; asks no model anything.
 *
 * @throws MedRoundsError `suite-invalid` where no arm can be asked; `calibration-mismatch`; the errors of reading data sets, opening libraries, recipes, prompts and of
 * connecting models
 */
export async function openSuite(
  suite: Suite,
  options: {
    /** Where descriptions of images are kept. */
    folder?: string | undefined;
    onDescribing?: Describing["onProgress"];
    signal?: AbortSignal | undefined;
  },
): Promise<OpenSuite> {
  const { folder, onDescribing, signal } = options;
  await using opening = new AsyncDisposableStack();
  const closing = new AbortController();
  opening.defer(() => closing.abort());
  const within = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
  const reading = startDataSets(suite, within);
  const models = new Map<string, ChatModel | null>();
  const calibrations = new Map<string, Calibration | undefined>();
  for (const model of suite.models) {
    const { name = "", policy, calibration } = model;
    const purpose = `The model ${name} of the suite`;
    const requests = suite.limits.concurrency;
    const isReader = policy === "reader";
    const chatModel = isReader ? null : await connectSuiteModel(model, { purpose, requests });
    models.set(name, chatModel);
    if (chatModel)
      calibrations.set(name, await readModelCalibration(calibration, { model: chatModel, signal }));
  }
  const rounds = new Map<string, OpenRounds>();
  for (const condition of suite.conditions) {
    if (condition.type !== "round") continue;
    rounds.set(condition.name ?? "", opening.use(await openRounds(condition, signal)));
  }
  const pools = createExemplarPools(suite, { folder, onProgress: onDescribing, signal });
  const prompts = new Map<string, OpenPrompts>();
  for (const { name = "" } of suite.dataSets)
    for (const condition of suite.conditions) {
      if (condition.type === "round" || [...models.values()].every((model) => model === null)) continue;
      const dataSet = async () => (await reading.whole).find((read) => read.name === name)!;
      prompts.set(promptKey(name, condition.name), await openPrompts({ condition, dataSet, pools, signal }));
    }
  const { arms, leftOut } = expandSuite(suite, ({ dataSet, model, condition }: ArmParts) => {
    const chatModel = models.get(model.name ?? "");
    return {
      prompts: prompts.get(promptKey(dataSet.name, condition.name))?.fingerprint,
      endpoint: chatModel?.endpoint,
      model: chatModel?.name,
      calibration: calibrations.get(model.name ?? ""),
      rounds: rounds.get(condition.name ?? "")?.fingerprint,
    };
  });
  if (arms.length === 0) {
    throw new MedRoundsError("suite-invalid", `No arm of the suite can be asked: ${leftOut[0]?.reason}.`);
  }
  const lanes = await openLanes([...models.values()], suite.limits.concurrency);
  const opened = opening.move();
  return {
    ...{ suite, arms, leftOut, pools },
    samples: reading.samples,
    dataSets: reading.whole,
    exemplarsWanted: ({ dataSet, condition }, sample) =>
      prompts.get(promptKey(dataSet, condition))?.wanted(sample) ?? 0,
    notes: [...prompts].flatMap(([key, { notes }]) => notes.map((note) => `${key}: ${note}`)),
    libraries: [...rounds].map(([condition, { library, fingerprint }]) => ({
      condition,
      library,
      fingerprint,
    })),
    open(arm) {
      const model = suite.models.find(({ name }) => name === arm.model)!;
      const condition = suite.conditions.find(({ name }) => name === arm.condition)!;
      const chatModel = models.get(arm.model) ?? null;
      const lane = lanes.get(chatModel?.endpoint ?? "")!;
      if (condition.type !== "round") {
        const { prepare } = prompts.get(promptKey(arm.dataSet, arm.condition))!;
        const calibration = calibrations.get(arm.model);
        // Found out while samples are read: the first answer would wait for it.
        if (model.logprobs !== false) chatModel?.capabilities(within).catch(() => undefined);
        const asked = { suite, model, chatModel: chatModel!, calibration, lane, hash: arm.hash };
        return answerByPrompt({ ...asked, prepare: prepare(arm.seed) });
      }
      return answerByRound({
        ...{ suite, model, chatModel, condition, lane },
        rounds: rounds.get(arm.condition)!,
      });
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function promptKey(dataSet: string | undefined, condition: string | undefined): string {
  return `${dataSet ?? ""} ${condition ?? ""}`;
}

/** One for each endpoint, as large as its gate lets requests through, and half as many more that read their images or keep
 * their answers; one for the reader, which computes here. */
async function openLanes(
  models: readonly (ChatModel | null)[],
  most: number,
): Promise<ReadonlyMap<string, Answerer["lane"]>> {
  const { gateOf } = await import("#models");
  const lanes = new Map<string, Answerer["lane"]>();
  for (const model of models) {
    const endpoint = model?.endpoint ?? "";
    if (lanes.has(endpoint)) continue;
    const gate = model && gateOf(endpoint, most);
    lanes.set(
      endpoint,
      gate
        ? { name: endpoint, allowed: gate.allowed, ahead: 0.5 }
        : { name: "reader", allowed: availableParallelism },
    );
  }
  return lanes;
}
