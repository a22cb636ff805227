import type { Sample } from "../../samples/sample.ts";
import type { Exemplar } from "../exemplar.ts";
import { answerText } from "../exemplar.ts";
import type { FewShotRecord } from "./few-shot-record.ts";
import { readRecord } from "./read-record.ts";
import { samplesByPath } from "./samples-by-path.ts";

/** The exemplars that a file of records shows with a question, in its order. */
export type RecordedExemplars = {
  /** `missing` are images of its record that no sample has. Null for a question that the file does not ask. */
  of(query: Sample): { exemplars: readonly Exemplar[]; missing: readonly string[] } | null;
};

/**
 * Finds the images of records among samples: those that are asked about in `asked`, the exemplars in `pool`. Answers are the record's. Where
 * several questions have an image, a record is of the one that has its right answer. Nothing keeps what others have chosen from being of
 * the question's own patient or slide: leaks are told with the answers.
 *
 * @throws MedRoundsError `few-shot-file-invalid` for a record whose images do not fit its prompt
 */
export function recordedExemplars(
  records: readonly FewShotRecord[],
  { asked, pool }: { asked: readonly Sample[]; pool: readonly Sample[] },
): RecordedExemplars {
  const findAsked = samplesByPath(asked);
  const findExemplar = samplesByPath(pool);
  const byQuery = new Map<string, FewShotRecord>();
  for (const record of records) {
    const { query } = readRecord(record);
    const found = withAnswer(findAsked(query, record.dataSet), record.correct);
    for (const { id } of found) if (!byQuery.has(id)) byQuery.set(id, record);
  }
  return {
    of({ id }) {
      const record = byQuery.get(id);
      if (!record) return null;
      const exemplars: Exemplar[] = [];
      const missing: string[] = [];
      for (const { image, answer } of readRecord(record).exemplars) {
        const [sample] = withAnswer(findExemplar(image, record.dataSet), answer);
        if (sample) exemplars.push({ sample, answer, similarity: null });
        else missing.push(image);
      }
      return { exemplars, missing };
    },
  };
}

/** Those with this answer; all where none has it. */
function withAnswer(samples: readonly Sample[], answer: string): readonly Sample[] {
  const fitting = samples.filter((sample) => answerText(sample)?.replace(/\s+/g, " ").trim() === answer);
  return fitting.length > 0 ? fitting : samples;
}
