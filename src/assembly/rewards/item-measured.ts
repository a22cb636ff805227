import type { Option } from "#contracts";
import type { Trajectory } from "#training";
import type { Item } from "./item-schema.ts";

/** What models measured. Log-probabilities of tokens that are no option's label are left out. */
export function readMeasured(item: Item, options: readonly Option[]): Trajectory["measured"] {
  const { logprobs, image_similarity: image, answer_similarity: answer, claim_support, ratings } = item;
  const labels = new Set(options.map(({ label }) => label.trim().toLowerCase()));
  return {
    optionsBefore: readLogProbabilities(logprobs?.begin, labels),
    optionsAfter: readLogProbabilities(logprobs?.end, labels),
    imageSimilarity: image?.map(readNumber),
    answerSimilarity: answer === undefined || answer === null ? undefined : readNumber(answer),
    claimSupport: claim_support?.map(({ claim, support }) => ({ claim, support: readNumber(support) })),
    ratings: ratings
      ? Object.fromEntries(Object.entries(ratings).map(([name, one]) => [name, readNumber(one)]))
      : undefined,
  };
}

type GivenLogProbabilities = NonNullable<NonNullable<Item["logprobs"]>["begin"]>;

/** A byte-level tokenizer's Ġ and SentencePiece's ▁ are spaces. */
const tokenSpace = /^[\sĠ▁]+|\s+$/g;

/** By token without the space before it; of tokens that are the same then the likelier counts. */
function readLogProbabilities(
  given: GivenLogProbabilities | null | undefined,
  labels: ReadonlySet<string>,
): Record<string, number> | undefined {
  if (!given) return undefined;
  const entries = Array.isArray(given)
    ? given.map(({ token, logprob }) => [token, logprob] as const)
    : Object.entries(given);
  const result = new Map<string, number>();
  for (const [token, value] of entries) {
    const name = token.replace(tokenSpace, "");
    if (labels.size > 0 ? !labels.has(name.toLowerCase()) : !/^[A-J]$/i.test(name)) continue;
    result.set(name, Math.max(result.get(name) ?? -Infinity, readNumber(value)));
  }
  return Object.fromEntries(result);
}

const words: Record<string, number> = { inf: Infinity, infinity: Infinity };

/** NaN for what is no number: rewards tell of it and do not pay. */
function readNumber(value: number | string | null): number {
  if (typeof value === "number") return value;
  const [, sign, word = ""] = /^\s*([+-]?)(\S+)\s*$/.exec(value ?? "") ?? [];
  const size =
    words[word.toLowerCase()] ?? (/^[\d.]+(?:e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN);
  return sign === "-" ? -size : size;
}
