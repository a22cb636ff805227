import { createVocabulary, normalizedWords, type Vocabulary } from "./word-ids.ts";

/** A question of a test set that nothing a model learns or looks up may hold. */
export type TestQuestion = {
  /** The test set's name. */
  set: string;
  id: string;
  question: string;
  /** The right answer in words, not its letter; null where it is not known. */
  answer: string | null;
};

/** A question with fewer words ("Is the heart enlarged?") says nothing when it is met elsewhere. */
const fewestWords = 6;

/** Questions of the same words: one entry with several names. Places count words in `QuestionWords.words`. */
export type QuestionEntry = {
  names: { set: string; id: string }[];
  /** `end` is behind the last word of the question, `answerEnd` behind that of the answer. */
  start: number;
  end: number;
  answerEnd: number;
};

/** All questions one after another as word ids, each followed by its answer. */
export type QuestionWords = {
  vocabulary: Vocabulary;
  words: Uint32Array;
  /** For each word the number of its entry. */
  entryAt: Uint32Array;
  entries: QuestionEntry[];
  sets: { name: string; questions: number; tooShort: number }[];
};

/** Lays out the questions; those under six words are counted and left out. Of equal questions the first answer counts. */
export function layOutQuestions(questions: Iterable<TestQuestion>): QuestionWords {
  const vocabulary = createVocabulary();
  const words: number[] = [];
  const entryAt: number[] = [];
  const entries: QuestionEntry[] = [];
  const known = new Map<string, QuestionEntry>();
  const sets = new Map<string, QuestionWords["sets"][number]>();
  for (const { set: name, id, question, answer } of questions) {
    const set = sets.get(name) ?? { name, questions: 0, tooShort: 0 };
    sets.set(name, set);
    set.questions++;
    const asked = normalizedWords(question);
    if (asked.length < fewestWords) {
      set.tooShort++;
      continue;
    }
    const same = known.get(asked.join(" "));
    if (same) {
      same.names.push({ set: name, id });
      continue;
    }
    const answered = answer === null ? [] : normalizedWords(answer);
    const start = words.length;
    const end = start + asked.length;
    const entry = { names: [{ set: name, id }], start, end, answerEnd: end + answered.length };
    for (const word of [...asked, ...answered]) {
      words.push(vocabulary.add(word));
      entryAt.push(entries.length);
    }
    known.set(asked.join(" "), entry);
    entries.push(entry);
  }
  return {
    vocabulary,
    words: Uint32Array.from(words),
    entryAt: Uint32Array.from(entryAt),
    entries,
    sets: [...sets.values()],
  };
}
