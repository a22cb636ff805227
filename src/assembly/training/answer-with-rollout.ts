import { MedRoundsError } from "#contracts";
import { type Answerer, answerOfRound, type Sample, type SampleAnswer, usageOfRound } from "#evaluation";
import type { ChatModel } from "#models";
import { questionOfSample, type RolloutTry, tryOfRound } from "#training";
import { findGrammar } from "#transcript";
import { type AskRequest, prepareRound } from "../prepare-round.ts";
import { loadSampleImage } from "../suites/answer-by-round.ts";
import type { OpenRounds } from "../suites/round-condition.ts";
import { keepImages } from "./keep-images.ts";
import { measureOptionsBefore } from "./options-before.ts";
import { nameImages, promptOf } from "./prompt-of-rollout.ts";
import { recordModel } from "./recorded-model.ts";

/** An answer with the try that it comes of, as a run's log keeps both. */
export type RolloutAnswer = SampleAnswer & { rollout: RolloutTry };

/** A line of a log may be 8 MiB long; the tokens of a longer one are left out. */
const longestTry = 6 * 1024 * 1024;

/** Answers samples by rounds through tags, each a try at the temperature; keeps the images in the folder, before the log tells of them. */
export function answerWithRollout(request: {
  folder: string;
  chatModel: ChatModel;
  rounds: OpenRounds;
  lane: Answerer["lane"];
  temperature: number;
  grammar: string | undefined;
  limits: NonNullable<AskRequest["limits"]>;
  pixels: number | undefined;
  /** How an answer before any search is measured, once a question; null for not at all. */
  before: { seed: number } | null;
}): Answerer {
  const { folder, chatModel, rounds, lane, temperature, grammar, limits, pixels, before } = request;
  const { library, search, cases, recipe, records } = rounds;
  const measured = new Map<string, Promise<Readonly<Record<string, number>> | undefined>>();
  return {
    lane,
    async answer(sample, { seed, signal }): Promise<RolloutAnswer> {
      const { logprobs } = await chatModel.capabilities(signal);
      const recorded = recordModel(chatModel, { temperature, logprobs: logprobs === true });
      const round = await prepareRound({
        ...{ library, search, cases, records, web: null, limits, seed, signal },
        ...{ reconsideration: "off", calibration: "off", chatModel: recorded.model },
        ...(recipe?.method ? {} : { policy: "tags" }),
        ...(grammar === undefined ? {} : { grammar }),
        ...(recipe === undefined ? {} : { recipe }),
        ...{ question: sample.question, options: sample.options },
        images: await Promise.all(
          sample.images.map((image, index) => loadSampleImage(image, { number: index + 1, pixels, signal })),
        ),
        ...(sample.patient === "" ? {} : { patientId: sample.patient }),
        ...(sample.slide === "" ? {} : { slideId: sample.slide }),
      });
      const events = await Array.fromAsync(round.run({ signal }));
      signal.throwIfAborted();
      const messages = promptOf(recorded.firstMessages());
      const { costMicrodollars: _cost, ...usage } = usageOfRound(events);
      const made = tryOfRound(events, {
        question: questionOfSample(sample, {
          images: await keepImages(folder, { round, sample }),
          ...{ dataSet: "", license: "" },
        }),
        ...{ prompt: nameImages(messages), replies: recorded.replies, usage },
      });
      if (!made) throw failureOf(events, sample);
      const measure = ({ seed }: { seed: number }) =>
        once(measured, {
          key: sample.id,
          make: () =>
            measureOptionsBefore({
              ...{ model: chatModel, messages, options: sample.options, seed, signal },
              grammar: findGrammar(made.transcript.grammar),
            }),
        });
      const optionsBefore = before ? await measure(before) : undefined;
      const isLong = JSON.stringify(made).length > longestTry;
      const rollout = {
        ...made,
        ...(isLong ? { tokens: null } : {}),
        ...(optionsBefore === undefined ? {} : { measured: { ...made.measured, optionsBefore } }),
      };
      return {
        ...{ output: events.findLast((event) => event.type === "answer-final")?.answer.text ?? "" },
        ...{ probabilities: null, confidence: null, abstained: false, exemplars: [], events: null },
        ...{ usage: usageOfRound(events), optionOrder: sample.options.map(({ label }) => label), rollout },
      };
    },
  };
}

/** One measurement for all tries at a question; one that failed is made again. */
function once<Value>(
  known: Map<string, Promise<Value>>,
  { key, make }: { key: string; make: () => Promise<Value> },
): Promise<Value> {
  const found = known.get(key);
  if (found) return found;
  const made = make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

function failureOf(events: Parameters<typeof answerOfRound>[0], { options }: Sample): MedRoundsError {
  try {
    answerOfRound(events, { options, optionOrder: options.map(({ label }) => label) });
  } catch (error) {
    if (MedRoundsError.is(error)) return error;
  }
  return new MedRoundsError("model-silent", "The round ended without an answer.");
}
