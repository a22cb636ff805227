import { randomUUID } from "node:crypto";
import {
  type Answerer,
  answerOfRound,
  defaultTokens,
  type Prompt,
  promptText,
  type Sample,
  type SampleAnswer,
  type Suite,
  type SuiteModel,
  shownOptions,
  usageOfRound,
} from "#evaluation";
import { imageForModel } from "#imaging";
import type { ChatModel } from "#models";
import { reportDefect } from "#platform";
import { type Calibration, type GivenPrompt, type LibraryPort, promptedPolicy, runRound } from "#reasoning";
import { defaultConfidenceThreshold } from "../configuration.ts";
import { createDeadline } from "../deadline.ts";

/** Writes the prompt of a sample: with its examples, and its options in the order of that seed and repeat. */
export type PreparePrompt = (
  sample: Sample,
  drawn: { seed: number; repeat: number },
) => Promise<{ prompt: Prompt } & Pick<SampleAnswer, "exemplars" | "optionOrder">>;

const nothing = () => Promise.reject(new Error("A round of one prompt looks nothing up."));
const noLibrary: LibraryPort = { servers: {}, searchPassages: nothing, findSimilarCases: nothing };

/** Answers samples by one prompt each, as a round like all others. */
export function answerByPrompt(request: {
  suite: Suite;
  model: SuiteModel;
  chatModel: ChatModel;
  /** The arm's. */
  hash: string;
  prepare: PreparePrompt;
  calibration: Calibration | undefined;
  lane: Answerer["lane"];
}): Answerer {
  const { suite, model, chatModel, hash, prepare, calibration, lane } = request;
  const { temperature, logprobs } = model;
  const { tokens = defaultTokens, seconds } = suite.limits;
  const milliseconds = seconds * 1_000;
  return {
    lane,
    async answer(sample, { seed, repeat, signal }): Promise<SampleAnswer> {
      const { prompt, exemplars, optionOrder } = await prepare(sample, { seed, repeat });
      const parts = await loadParts(prompt, { pixels: suite.images.pixels, signal });
      const policy = promptedPolicy(chatModel, {
        prompt: { system: prompt.system, parts },
        ...{ temperature, logprobs },
      });
      const { options } = sample;
      using deadline = createDeadline(milliseconds);
      const round = runRound({
        id: randomUUID(),
        question: { text: sample.question, images: [], options: [...shownOptions(options, optionOrder)] },
        images: [],
        ...{ policy, library: noLibrary, seed },
        limits: { steps: 1, queries: 0, tokens, milliseconds },
        confidenceThreshold: defaultConfidenceThreshold,
        ...(calibration ? { confidence: { samples: 0, calibration } } : {}),
        configurationHash: hash,
        now: () => performance.now(),
        onDefect: reportDefect,
        signal: AbortSignal.any([signal, deadline.signal]),
      });
      const events = await Array.fromAsync(round);
      signal.throwIfAborted();
      return {
        ...answerOfRound(events, { options, optionOrder }),
        usage: usageOfRound(events, model.prices),
        ...{ exemplars, optionOrder, prompt: promptText(prompt) },
        events: suite.keep === "rounds" ? events : null,
      };
    },
  };
}

/** The images as the model is sent them: no larger than allowed, without their files' metadata and names. */
function loadParts(
  { parts }: Prompt,
  { pixels, signal }: { pixels: number | undefined; signal: AbortSignal },
): Promise<GivenPrompt["parts"]> {
  return Promise.all(
    parts.map(async (part, index) => {
      if (part.type === "text") return part;
      const options = { name: `image-${index + 1}`, signal, ...(pixels === undefined ? {} : { pixels }) };
      const { bytes, mediaType } = await imageForModel(await part.image.read(signal), options);
      return { type: "image" as const, bytes, mediaType };
    }),
  );
}
