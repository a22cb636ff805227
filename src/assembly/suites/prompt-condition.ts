import {
  type DataSet,
  drawOptionOrder,
  type Exemplar,
  exemplarLabel,
  type PromptWording,
  readPromptWording,
  renderPrompt,
  type Sample,
  type SuiteCondition,
} from "#evaluation";
import type { PreparePrompt } from "./answer-by-prompt.ts";
import { openExemplarChoice } from "./exemplar-choice.ts";
import type { ExemplarPools } from "./exemplar-pools.ts";

export type PromptCondition = Exclude<SuiteCondition, { type: "round" }>;

/** What the prompts of a condition are written by, for one data set. */
export type OpenPrompts = {
  /** All that a prompt depends on beside the sample, the seed and the repeat. */
  fingerprint: unknown;
  /** `armSeed` draws what is the same for all questions of an arm. */
  prepare(armSeed: number): PreparePrompt;
  /** How many examples a question is to have. */
  wanted(sample: Sample): number;
  /** What is to be known of the examples. */
  notes: readonly string[];
};

/**
 * Reads the wording of a condition's prompts, and opens what their examples are taken from.
 *
 * @throws MedRoundsError `prompt-invalid`; the errors of reading files and data sets
 */
export async function openPrompts(request: {
  condition: PromptCondition;
  /** Waited for where examples are chosen from it. */
  dataSet: () => Promise<DataSet>;
  pools: ExemplarPools;
  signal?: AbortSignal | undefined;
}): Promise<OpenPrompts> {
  const { condition, pools, signal } = request;
  const wording = await readPromptWording(condition.prompt, signal);
  if (condition.type === "zero-shot") {
    return {
      fingerprint: { wording: wording.hash },
      prepare: () => async (sample, drawn) => write({ condition, wording, sample, ...drawn }),
      wanted: () => 0,
      notes: [],
    };
  }
  const dataSet = await request.dataSet();
  const { fingerprint, choose, wanted, notes } = await openExemplarChoice({
    condition,
    dataSet,
    pools,
    signal,
  });
  return {
    fingerprint: { wording: wording.hash, exemplars: fingerprint },
    prepare: (armSeed) => async (sample, drawn) => {
      const exemplars = await choose(sample, { armSeed, seed: drawn.seed });
      return write({ condition, wording, sample, exemplars, ...drawn });
    },
    ...{ wanted, notes },
  };
}

function write(request: {
  condition: PromptCondition;
  wording: PromptWording;
  sample: Sample;
  exemplars?: readonly Exemplar[];
  seed: number;
  repeat: number;
}): Awaited<ReturnType<PreparePrompt>> {
  const { condition, wording, sample, exemplars = [], seed, repeat } = request;
  const optionOrder = drawOptionOrder(sample.options, { order: condition.options, seed, repeat });
  return {
    prompt: renderPrompt({ wording, sample, exemplars, optionOrder }),
    exemplars: exemplars.map((one) => ({
      sample: one.sample.id,
      label: exemplarLabel(one, sample),
      sourceId: one.sample.sourceId,
      images: one.sample.images.map(({ sha256 }) => sha256),
      similarity: one.similarity,
    })),
    optionOrder,
  };
}
