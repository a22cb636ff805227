import {
  type Answerer,
  answerOfRound,
  type Sample,
  type SampleAnswer,
  type Suite,
  type SuiteModel,
  usageOfRound,
} from "#evaluation";
import { imageForModel } from "#imaging";
import type { ChatModel } from "#models";
import type { ImageSource } from "../load-image.ts";
import { type AskRequest, prepareRound } from "../prepare-round.ts";
import type { OpenRounds, RoundCondition } from "./round-condition.ts";

/** Answers samples by rounds over a library: with a chat model, or the built-in reader where `chatModel` is null. */
export function answerByRound(request: {
  suite: Suite;
  model: SuiteModel;
  chatModel: ChatModel | null;
  condition: RoundCondition;
  rounds: OpenRounds;
  lane: Answerer["lane"];
}): Answerer {
  const { suite, model, chatModel, condition, rounds, lane } = request;
  const { library, search, cases, recipe, records } = rounds;
  const { tokens, seconds } = suite.limits;
  const policy = chatModel === null ? "reader" : recipe?.method ? undefined : (model.policy ?? "tools");
  const fixed: Omit<AskRequest, "question" | "images" | "options"> = {
    ...{ library, search, cases, records, web: null },
    limits: { milliseconds: seconds * 1_000, ...(tokens === undefined ? {} : { tokens }) },
    reconsideration: condition.reconsideration,
    confidenceThreshold: condition.confidenceThreshold,
    ...(model.calibration === undefined ? {} : { calibration: model.calibration }),
    ...(policy === undefined ? {} : { policy }),
    ...(chatModel === null ? {} : { chatModel }),
    ...(recipe === undefined ? {} : { recipe }),
  };
  return {
    lane,
    async answer(sample, { seed, signal }): Promise<SampleAnswer> {
      const images = await Promise.all(
        sample.images.map((image, index) =>
          loadSampleImage(image, { number: index + 1, pixels: suite.images.pixels, signal }),
        ),
      );
      const { question, options, patient, slide } = sample;
      const round = await prepareRound({
        ...fixed,
        ...{ question, images, options, seed, signal },
        ...(patient === "" ? {} : { patientId: patient }),
        ...(slide === "" ? {} : { slideId: slide }),
      });
      const events = await Array.fromAsync(round.run({ signal }));
      signal.throwIfAborted();
      const optionOrder = options.map(({ label }) => label);
      return {
        ...answerOfRound(events, { options, optionOrder }),
        usage: usageOfRound(events, model.prices),
        exemplars: [],
        optionOrder,
        events: suite.keep === "rounds" ? events : null,
      };
    },
  };
}

/** The file as it is, where it may be as large as it is. Its name may tell the answer, as a folder of a class does, and is told to nobody. */
export async function loadSampleImage(
  { read }: Sample["images"][number],
  { number, pixels, signal }: { number: number; pixels: number | undefined; signal: AbortSignal },
): Promise<ImageSource> {
  const name = `image-${number}`;
  const bytes = await read(signal);
  if (pixels === undefined) return { name, bytes };
  const sent = await imageForModel(bytes, { name, pixels, signal });
  return { name, bytes: sent.bytes };
}
