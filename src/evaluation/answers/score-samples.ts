import type { Extraction, ExtractionProfile } from "../extraction/extraction.ts";
import { askJudge, type ExtractionJudge } from "../extraction/judge.ts";
import type { AnswerJudge } from "../judges/answer-judge.ts";
import type { Sample } from "../samples/sample.ts";
import type {
  AnsweredSample,
  AnswerScore,
  Measured,
  SampleAnswer,
  SampleRecord,
  ScoredSample,
} from "./answer.ts";
import { correctByGold } from "./correct-by-gold.ts";
import { answerMeasures } from "./measures/list.ts";
import { inOwnLabels, shownOptions } from "./shown-options.ts";

/** What scoring reads of a sample: all but the bytes of its images. */
export type AskedSample = Omit<Sample, "images"> & Pick<AnsweredSample["sample"], "images">;

/** How answers are read and what they are measured by. */
export type Scoring = {
  profile: ExtractionProfile;
  /** Reads what the profile cannot. */
  reader?: ExtractionJudge | undefined;
  /** Measure what no rule can. */
  judges?: readonly AnswerJudge[] | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * How an answer is read, whether it is right, and what it is measured by. Where a reading judge fails, the answer is unscored: it has no
 * extraction. Time is linear in its length, but for the judges. Rejects with the signal's reason alone.
 */
export async function scoreAnswer(
  record: SampleRecord,
  { sample, scoring }: { sample: AskedSample; scoring: Scoring },
): Promise<AnswerScore> {
  if (record.state === "failed") return { extraction: null, correct: null, measures: {} };
  const { answer } = record;
  const { signal, judges = [] } = scoring;
  const extraction = await readAnswer(answer, { sample, scoring });
  if (extraction === null) return { extraction, correct: null, measures: {} };
  const answered = { sample, answer, extraction };
  const measures: Record<string, Measured> = {};
  for (const { name, measure } of answerMeasures) {
    const measured = measure(answered);
    if (measured !== null) measures[name] = measured;
  }
  for (const judge of judges) Object.assign(measures, await judge.measure(answered, signal));
  return { extraction, correct: correctByGold(answered), measures };
}

async function readAnswer(
  { output, optionOrder: order }: SampleAnswer,
  { sample, scoring }: { sample: AskedSample; scoring: Scoring },
): Promise<Extraction | null> {
  const { question, options } = sample;
  const { profile, reader: judge, signal } = scoring;
  const shown = shownOptions(options, order);
  const read = profile.extract(output, shown);
  const within = signal ? { signal } : {};
  const told = judge
    ? await askJudge({ extraction: read, question, output, options: shown, judge, ...within }).catch(() => {
        signal?.throwIfAborted();
        return null;
      })
    : read;
  return told && inOwnLabels(told, { options, order });
}

/** A record with its score as metrics read it. */
export function toScoredSample(
  record: SampleRecord,
  { sample, score }: { sample: AskedSample; score: AnswerScore },
): ScoredSample {
  const { id, group, tags, gold, options } = sample;
  return {
    ...{ sample: id, group, tags, gold, repeat: record.repeat },
    labels: options.map(({ label }) => label),
    texts: options.map(({ text }) => text),
    answer: record.state === "answered" ? { ...record.answer, events: null } : null,
    ...score,
  };
}

/**
 * Scores the records of a log as they come, in their order, `concurrency` at a time (1 unless told; more only helps judges). Records whose
 * sample is not known are passed over.
 */
export async function* scoreSamples(
  records: AsyncIterable<SampleRecord> | Iterable<SampleRecord>,
  options: Scoring & { sampleOf(record: SampleRecord): AskedSample | undefined; concurrency?: number },
): AsyncGenerator<{ record: SampleRecord; scored: ScoredSample }, void> {
  const { sampleOf, concurrency = 1, ...scoring } = options;
  const begun: Promise<{ record: SampleRecord; scored: ScoredSample }>[] = [];
  for await (const record of records) {
    const sample = sampleOf(record);
    if (!sample) continue;
    const scored = scoreRecord(record, { sample, scoring });
    scored.catch(() => undefined);
    begun.push(scored);
    if (begun.length >= concurrency) yield begun.shift()!;
  }
  yield* begun;
}

async function scoreRecord(record: SampleRecord, options: { sample: AskedSample; scoring: Scoring }) {
  const score = await scoreAnswer(record, options);
  return { record, scored: toScoredSample(record, { sample: options.sample, score }) };
}
