import { sentences } from "../sentences.ts";
import { layOutQuestions, type QuestionEntry, type TestQuestion } from "./question-words.ts";
import { createRunFinder, type Run, shortestRun } from "./runs.ts";
import { createSimilarityFinder } from "./similarities.ts";
import { normalizedWords } from "./word-ids.ts";

/** What a text and a question of a test set have in common. Words are compared without case, diacritics and punctuation. */
export type Overlap = {
  set: string;
  id: string;
  /** The whole question stands in the text, or a whole sentence of the text (8 words or more) in the question. */
  contained: boolean;
  /** Words of the longest run that both share: 8 or more, or the whole of a shorter question; else 0. */
  longestRun: number;
  /** Share (0 to 1) of the question's words that lie in such runs. */
  covered: number;
  /**
   * Jaccard similarity (0 to 1) of three-word shingles, the highest of: question with each sentence, question and answer with the
   * whole text. Under 0.25 it is given as 0.
   */
  similarity: number;
};

/** Test questions, ready to be met in any number of texts. */
export type OverlapIndex = {
  /** How many questions each set has, and how many of them are too short (under six words) to be looked for. */
  sets: readonly { name: string; questions: number; tooShort: number }[];
  /** The questions that a text overlaps with, in the order of the sets; empty for nearly every text. */
  find(text: string): Overlap[];
};

/**
 * Indexes test questions. A text is then compared with all of them at once, in time linear in the text; memory depends on the
 * questions alone, so that a corpus of any size can stream by. Sees copies and light edits, no paraphrases.
 */
export function createOverlapIndex(questions: Iterable<TestQuestion>): OverlapIndex {
  const layout = layOutQuestions(questions);
  const { vocabulary, entries, sets } = layout;
  const findRuns = createRunFinder(layout);
  const likeQuestion = createSimilarityFinder(layout, ({ end }) => end);
  const likeAnswered = createSimilarityFinder(layout, ({ answerEnd }) => answerEnd);

  return {
    sets,
    find(text) {
      const { words, breaks } = readText(text);
      const runs = findRuns(words);
      const similarities = likeAnswered(words);
      for (const [index, start] of breaks.entries()) {
        for (const [entry, similarity] of likeQuestion(words.subarray(start, breaks[index + 1]))) {
          similarities.set(entry, Math.max(similarity, similarities.get(entry) ?? 0));
        }
      }
      const met = [...new Set([...runs.keys(), ...similarities.keys()])].sort((a, b) => a - b);
      return met.flatMap((number) => {
        const entry = entries[number]!;
        const common = measure({ entry, runs: runs.get(number) ?? [], breaks, length: words.length });
        const similarity = similarities.get(number) ?? 0;
        return entry.names.map(({ set, id }) => ({ set, id, ...common, similarity }));
      });
    },
  };

  function readText(text: string): { words: Uint32Array; breaks: number[] } {
    const ids: number[] = [];
    const breaks: number[] = [];
    for (const sentence of sentences(text)) {
      breaks.push(ids.length);
      for (const word of normalizedWords(sentence.text)) ids.push(vocabulary.find(word));
    }
    return { words: Uint32Array.from(ids), breaks };
  }
}

function measure(meeting: {
  entry: QuestionEntry;
  runs: readonly Run[];
  breaks: readonly number[];
  length: number;
}): Pick<Overlap, "contained" | "longestRun" | "covered"> {
  const { entry, runs, breaks, length } = meeting;
  const size = entry.end - entry.start;
  let longestRun = 0;
  let covered = 0;
  let reached = entry.start;
  for (const run of runs.toSorted((a, b) => a.place - b.place)) {
    const end = run.place + run.length;
    covered += Math.max(0, end - Math.max(reached, run.place));
    reached = Math.max(reached, end);
    longestRun = Math.max(longestRun, run.length);
  }
  const holdsSentence = runs.some((run) =>
    breaks.some((start, index) => {
      const end = breaks[index + 1] ?? length;
      return end - start >= shortestRun && run.start <= start && end <= run.start + run.length;
    }),
  );
  return { contained: longestRun === size || holdsSentence, longestRun, covered: covered / size };
}
