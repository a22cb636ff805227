import type { Option } from "#contracts";
import type { TokenLogprob } from "../ports.ts";
import { findChoicePlace } from "./choice-place.ts";
import { type TokenPlace, tokenAt } from "./token-at.ts";

/** What is known of a round's own options, in their order; `interval` bounds each probability. */
export type OptionProbabilities = {
  options: readonly { probability: number; interval: [number, number] }[];
  method: string;
};

/**
 * The probabilities of a question's options by the log-probabilities at the first token of the choice, normalized over the options.
 * Spellings of one option (" B", "B.") are added up. An option that is not among the token's likeliest can have no more than what these
 * leave over, nor more than the least of them, and counts with that bound: the confidence is never told too high for it.
 * Undefined where the choice or its token is not found, or the token could begin several options.
 */
export function readOptionProbabilities(request: {
  tokens: readonly TokenLogprob[];
  /** The reply's text, and where in it the answer stands. */
  text: string;
  answer: { start: number; end: number };
  options: readonly Option[];
  choice: string;
}): OptionProbabilities | undefined {
  const { tokens, text, answer, options, choice } = request;
  const chosen = options.findIndex(({ label }) => label === choice);
  const option = options[chosen];
  const place = option && findChoicePlace(text.slice(answer.start, answer.end), option);
  const at = place && tokenAt(tokens, { text, offset: answer.start + place.offset });
  if (!at) return undefined;
  const fold = place.isExact ? (name: string) => name : (name: string) => name.toLowerCase();
  const names = options.map(({ label, text }) => fold((place.names === "labels" ? label : text).trim()));
  const masses = addUp(at, { names, fold });
  return masses.own === chosen ? normalize(masses) : undefined;
}

/** `found` is undefined for an option that is not among the likeliest. */
type Masses = { found: (number | undefined)[]; own: number | undefined; left: number; least: number };

function addUp(
  { token, before, plain }: TokenPlace,
  { names, fold }: { names: readonly string[]; fold: (name: string) => string },
): Masses {
  const read = (spelled: string) => {
    const written = plain(spelled);
    const rest = written.startsWith(before) ? written.slice(before.length) : written;
    return optionOf(fold(rest.replace(/^[^\p{L}\p{N}]+/u, "")), names);
  };
  const likeliest = new Map([...token.top, token].map((one) => [one.token, Math.exp(one.logprob)]));
  const found = names.map((): number | undefined => undefined);
  for (const [spelled, probability] of likeliest) {
    const index = read(spelled);
    if (index !== undefined) found[index] = (found[index] ?? 0) + probability;
  }
  const seen = [...likeliest.values()];
  const left = Math.max(0, 1 - seen.reduce((sum, probability) => sum + probability, 0));
  const least = token.top.length === 0 ? left : Math.min(...seen);
  return { found, own: read(token.token), left, least };
}

/** The option that a token begins; undefined where it begins none, or several. */
function optionOf(rest: string, names: readonly string[]): number | undefined {
  const isWhole = (name: string) =>
    name !== "" && rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length));
  const whole = Math.max(-1, ...names.map((name, index) => (isWhole(name) ? index : -1)));
  const start = rest.trimEnd();
  const begun = start === "" ? [] : names.flatMap((name, index) => (name.startsWith(start) ? [index] : []));
  if (begun.length > 1) return undefined;
  return begun[0] ?? (whole < 0 ? undefined : whole);
}

function normalize({ found, left, least }: Masses): OptionProbabilities | undefined {
  const missing = found.filter((mass) => mass === undefined).length;
  const bound = missing === 0 ? 0 : Math.min(left / missing, least);
  const known = found.reduce((total: number, mass) => total + (mass ?? 0), 0);
  if (!(known > 0)) return undefined;
  const sum = known + missing * bound;
  const told = "log-probabilities over the options";
  return {
    options: found.map((mass) =>
      mass === undefined
        ? { probability: bound / sum, interval: [0, bound / sum] }
        : { probability: mass / sum, interval: [mass / sum, Math.min(1, mass / known)] },
    ),
    method: missing === 0 ? told : `${told}, ${missing} of them by an upper bound`,
  };
}
