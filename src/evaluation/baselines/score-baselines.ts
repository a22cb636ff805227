import { MedRoundsError } from "#contracts";
import type { SampleAnswer, ScoredSample } from "../answers/answer.ts";
import type { ExemplarPool } from "../few-shot/exemplar-pool.ts";
import type { Sample } from "../samples/sample.ts";
import type { Baseline, BaselineAnswer, BaselineData } from "./baseline.ts";
import { baselines } from "./list.ts";

/** What a rule without a model reaches, in the form of an arm's answers, in the order of the samples. */
export type ScoredBaseline = Pick<Baseline, "name" | "title"> & { scored: readonly ScoredSample[] };

/**
 * The answers of the rules that apply to a data set; of those that are named, in the order of the list. A question that a rule cannot
 * answer, as one without options, has no score with it. Nothing but the data decides. `openCompared` opens the pool with its images
 * described; it is called once, and for rules alone that compare images where there are some.
 *
 * @throws MedRoundsError `suite-invalid` for a name that no rule has; what `openCompared` throws
 */
export async function scoreBaselines(
  data: BaselineData & { openCompared: () => Promise<ExemplarPool> },
  names?: readonly string[],
): Promise<ScoredBaseline[]> {
  const { samples, pool, openCompared } = data;
  const chosen = chooseBaselines(names);
  const hasImages = samples.some(({ images }) => images.length > 0);
  const isCompared = hasImages && chosen.some(({ comparesImages }) => comparesImages);
  const compared = isCompared ? await openCompared() : pool;
  return chosen.flatMap(({ name, title, prepare, isExpectation = false, comparesImages = false }) => {
    const answer = prepare({ samples, pool: comparesImages ? compared : pool });
    if (!answer) return [];
    const scored = samples.map((sample) => score(sample, { given: answer(sample), isExpectation }));
    return [{ name, title, scored }];
  });
}

/** The baselines of these names; all where none is named. Throws `suite-invalid`. */
export function chooseBaselines(names: readonly string[] | undefined): readonly Baseline[] {
  const unknown = names?.find((name) => !baselines.some((baseline) => baseline.name === name));
  if (unknown !== undefined) {
    const all = baselines.map(({ name }) => name).join(", ");
    const message = `There is no baseline “${unknown.slice(0, 60)}”; there is: ${all}.`;
    throw new MedRoundsError("suite-invalid", message, { baseline: unknown.slice(0, 60) });
  }
  return baselines.filter(({ name }) => names?.includes(name) ?? true);
}

function score(
  sample: Sample,
  { given, isExpectation }: { given: BaselineAnswer | null; isExpectation: boolean },
): ScoredSample {
  const { id, group, tags, gold, options } = sample;
  const labels = options.map(({ label }) => label);
  const texts = options.map(({ text }) => text);
  const asked = { sample: id, group, tags, repeat: 0, gold, labels, texts };
  if (given === null || gold.type !== "option")
    return { ...asked, extraction: null, answer: null, correct: null, measures: {} };
  const { label, probabilities } = given;
  const text = texts[labels.indexOf(label)] ?? "";
  const isRight = label === gold.label ? 1 : 0;
  return {
    ...asked,
    extraction: { state: "parsed", rung: "strict", label, text },
    answer: toAnswer(given, labels),
    correct: isExpectation ? (probabilities?.[gold.label] ?? isRight) : isRight,
    measures: {},
  };
}

function toAnswer({ label, probabilities }: BaselineAnswer, labels: readonly string[]): SampleAnswer {
  return {
    output: `ANSWER: ${label}`,
    probabilities,
    confidence: probabilities?.[label] ?? null,
    abstained: false,
    usage: { inputTokens: 0, outputTokens: 0, costMicrodollars: 0 },
    exemplars: [],
    optionOrder: labels,
    events: null,
  };
}
