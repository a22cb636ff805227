import { createPostings } from "./postings.ts";
import type { QuestionWords } from "./question-words.ts";
import { unknownWord } from "./word-ids.ts";

/** Words in a row that a text and a question share; `start` and `place` count words of the text and of all questions. */
export type Run = { start: number; place: number; length: number };

/** Shorter runs are phrases that anyone writes. A shorter question is looked for as a whole. */
export const shortestRun = 8;

/** An n-gram of more questions than these is boilerplate ("which of the following is the most likely"). */
const boilerplateAbove = 10;

/** Finds the longest runs of words that a text shares with each question. */
export type RunFinder = (text: Uint32Array) => Map<number, Run[]>;

/** Runs by the number of the question's entry. Time is linear in the text, memory in the questions. */
export function createRunFinder({ words, entryAt, entries }: QuestionWords): RunFinder {
  const sizes = new Set<number>();
  const sequences = entries.flatMap(({ start, end }) => {
    const size = Math.min(shortestRun, end - start);
    sizes.add(size);
    return Array.from({ length: end - start - size + 1 }, (_, offset) => ({ start: start + offset, size }));
  });
  const postings = createPostings({ words, sequences, commonAbove: boilerplateAbove });

  return (text) => {
    const found = new Map<number, Run[]>();
    const open = new Map<number, Run>();
    let knownWords = 0;
    for (let end = 1; end <= text.length; end++) {
      knownWords = text[end - 1] === unknownWord ? 0 : knownWords + 1;
      for (const size of sizes) {
        if (size > knownWords) continue;
        const start = end - size;
        const places = postings.find(text, start, size);
        if (places === "common") continue;
        for (const place of places) {
          const run = open.get(place - start);
          if (run && run.start + run.length === end - 1) run.length++;
          else addRun({ start, place, length: size });
        }
      }
    }
    return found;

    function addRun(run: Run): void {
      open.set(run.place - run.start, run);
      const entry = entryAt[run.place]!;
      const runs = found.get(entry);
      if (runs) runs.push(run);
      else found.set(entry, [run]);
    }
  };
}
