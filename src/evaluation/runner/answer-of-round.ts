import { type Answer, type Failure, MedRoundsError, type Option, type RoundEvent } from "#contracts";
import type { SampleAnswer, Usage } from "../answers/answer.ts";
import { shownOptions } from "../answers/shown-options.ts";

/**
 * What a round's events say as the answer to a sample. The built-in reader chooses an option apart from its words, so its choice is written
 * behind them; what a model wrote stands as it is, and only the reader abstains by itself. `options` are the data set's, `optionOrder` is how they were shown.
 *
 * @throws MedRoundsError what the round failed with
 */
export function answerOfRound(
  events: readonly RoundEvent[],
  { options, optionOrder }: { options: readonly Option[]; optionOrder: readonly string[] },
): Pick<SampleAnswer, "output" | "probabilities" | "confidence" | "abstained"> {
  const answer = events.findLast((event) => event.type === "answer-final")?.answer;
  const outcome = events.findLast((event) => event.type === "round-end")?.outcome;
  if (!answer || outcome === "failed" || outcome === "interrupted") throw failureOf(events);
  const start = events.find((event) => event.type === "round-start");
  const isReader = start?.model.policy === "reader";
  const { text, choice, confidence, abstained } = answer;
  return {
    output: isReader && choice !== null ? `${text}\nANSWER: ${choice}` : text,
    probabilities: probabilitiesOf(answer, { options, order: optionOrder }),
    confidence,
    // What a model wrote is for the profile to read: that the round found no option in it is no word of the model's.
    abstained: isReader && abstained,
  };
}

/** By the data set's own labels, where there is one for each option; the round speaks of the options as they were shown. */
function probabilitiesOf(
  { differential }: Answer,
  { options, order }: { options: readonly Option[]; order: readonly string[] },
): Readonly<Record<string, number>> | null {
  if (options.length === 0) return null;
  const shown = shownOptions(options, order);
  const found = shown.flatMap(({ label, text }, place) => {
    const entry = differential.find((one) => one.label === label || one.label === text);
    const own = shown === options ? label : order[place]!;
    return entry ? [[own, entry.probability] as const] : [];
  });
  return found.length === options.length ? Object.fromEntries(found) : null;
}

function failureOf(events: readonly RoundEvent[]): MedRoundsError {
  const failure = events.findLast((event) => event.type === "failure")?.failure;
  const { code, message, facts }: Omit<Failure, "cure"> = failure ?? {
    code: "model-silent",
    message: "The round ended without an answer.",
    facts: {},
  };
  return new MedRoundsError(code, message, facts);
}

/** What the models of a round read and wrote; null for what a server did not tell. `prices` are dollars for a million tokens. */
export function usageOfRound(
  events: readonly RoundEvent[],
  prices?: { inputPerMillion: number; outputPerMillion: number },
): Usage {
  const used = events.filter((event) => event.type === "usage-reported");
  const sum = (read: (event: (typeof used)[number]) => number | null) =>
    used.reduce<number | null>((total, event) => {
      const value = read(event);
      return total === null || value === null ? null : total + value;
    }, 0);
  const inputTokens = sum((event) => event.inputTokens);
  const outputTokens = sum((event) => event.outputTokens);
  const isPriced = prices !== undefined && inputTokens !== null && outputTokens !== null;
  return {
    inputTokens,
    outputTokens,
    costMicrodollars: isPriced
      ? Math.round(inputTokens * prices.inputPerMillion + outputTokens * prices.outputPerMillion)
      : null,
  };
}
