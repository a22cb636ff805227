import type { Sample } from "../samples/sample.ts";
import type { Suite, SuiteCondition, SuiteModel } from "./suite-schema.ts";

/** What an arm is going to ask and cost, before anything is asked. Costs are null where the suite tells no prices. */
export type ArmEstimate = {
  tasks: number;
  /** Of them; what follows is of the others. */
  answered: number;
  /** Images that are sent, examples included. */
  images: number;
  /** Tokens that a model reads, reckoned. Of rounds the least: what one request of each takes, however much is looked up. */
  inputTokens: number;
  /** Tokens that it may write at the most; null in rounds where the suite sets no bound. */
  outputTokens: number | null;
  /** Millionths of a dollar: for what is read alone, and with all that may be written. */
  costMicrodollars: { least: number; most: number | null } | null;
};

/** What texts and images have on average: four characters of English, and 28 × 28 pixels (Qwen2-VL, arXiv 2409.12191, section 2.1). */
const charactersPerToken = 4;
const pixelsPerToken = 784;
/** What stands around a question: in our own wording, and with the tools of a round. */
const tokensAround = { prompt: 30, round: 350 };
/** Of a solved example, beside its image and a question that is not the one that is asked. */
const tokensOfExemplar = 12;

/** Reckons an arm. `pixels` is what an image of the data set has on average, before the suite makes it smaller. */
export function estimateArm(request: {
  suite: Suite;
  samples: readonly Sample[];
  model: SuiteModel;
  condition: SuiteCondition;
  pixels: number;
  /** Tasks that are answered already. */
  answered?: number;
}): ArmEstimate {
  const { suite, samples, model, condition, answered = 0 } = request;
  const { repeats, limits } = suite;
  const pixels = Math.min(request.pixels, suite.images.pixels ?? Number.POSITIVE_INFINITY);
  const perImage = Math.ceil(pixels / pixelsPerToken);
  const tasks = samples.length * repeats;
  const around = condition.type === "round" ? tokensAround.round : tokensAround.prompt;
  const perExemplar = tokensOfExemplar + questionTokens(samples);
  let images = 0;
  let tokens = 0;
  for (const sample of samples) {
    const shown = exemplarsOf(condition, sample);
    const sent = sample.images.length * (1 + shown);
    const words = sample.options.reduce((sum, { text }) => sum + text.length + 4, sample.question.length);
    images += sent;
    tokens += around + words / charactersPerToken + sent * perImage + shown * perExemplar;
  }
  if (model.policy === "reader") {
    return { tasks, answered, images: 0, inputTokens: 0, outputTokens: 0, costMicrodollars: null };
  }
  const left = tasks === 0 ? 0 : 1 - answered / tasks;
  const inputTokens = Math.round(tokens * repeats * left);
  const most = limits.tokens ?? (condition.type === "round" ? null : defaultTokens);
  const outputTokens = most === null ? null : most * (tasks - answered);
  const { prices } = model;
  const least = prices && Math.round(inputTokens * prices.inputPerMillion);
  const mostCost =
    prices && least !== undefined && outputTokens !== null && condition.type !== "round"
      ? least + Math.round(outputTokens * prices.outputPerMillion)
      : null;
  return {
    ...{ tasks, answered, images: Math.round(images * repeats * left), inputTokens, outputTokens },
    costMicrodollars: least === undefined ? null : { least, most: mostCost },
  };
}

/** Tokens of a reply to a prompt where the suite says nothing of them. */
export const defaultTokens = 1_024;

/** Of another sample's question, on average; none where all ask the same. */
function questionTokens(samples: readonly Sample[]): number {
  if (new Set(samples.map(({ question }) => question)).size < 2) return 0;
  const characters = samples.reduce((sum, { question }) => sum + question.length, 0);
  return characters / samples.length / charactersPerToken;
}

function exemplarsOf(condition: SuiteCondition, { options }: Sample): number {
  if (condition.type !== "few-shot") return 0;
  return condition.count ?? (condition.perClass ?? 1) * Math.max(1, options.length);
}
