import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOverlapIndex } from "./overlap-index.ts";
import type { TestQuestion } from "./question-words.ts";
import { normalizedWords } from "./word-ids.ts";

type Asked = string | [question: string, answer: string];

function questions(...texts: Asked[]): TestQuestion[] {
  return texts.map((text, index) => ({
    set: "set",
    id: `q${index + 1}`,
    question: typeof text === "string" ? text : text[0],
    answer: typeof text === "string" ? null : text[1],
  }));
}

function find(text: string, ...asked: Asked[]) {
  return createOverlapIndex(questions(...asked)).find(text);
}

const carrier = "Which drug clears Salmonella Typhi from the gallbladder of a chronic carrier?";

describe("an overlap", () => {
  it("is whole where the question stands in the text, whatever its case, accents and punctuation", () => {
    const text =
      "We ask. WHICH drug clears “Salmonella typhi” from the gallbladder, of a chronic cárrier: none does.";
    expect(find(text, carrier)).toEqual([
      expect.objectContaining({ set: "set", id: "q1", contained: true, longestRun: 12, covered: 1 }),
    ]);
  });

  it("is whole where a sentence of the text stands in a long question", () => {
    const vignette =
      "A patient is seen with fever. Examination shows a soft systolic murmur at the left sternal border. What is next?";
    const copied = "The murmur matters. Examination shows a soft systolic murmur at the left sternal border.";
    expect(find(copied, vignette)).toEqual([expect.objectContaining({ contained: true, longestRun: 11 })]);
    const longer = "Here examination shows a soft systolic murmur at the left sternal border of the patient.";
    expect(find(longer, vignette)).toEqual([expect.objectContaining({ contained: false, longestRun: 11 })]);
  });

  it("counts the words of the question that lie in shared runs of eight words", () => {
    const question = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
    const text = "Zero two three four five six seven eight nine ten eleven and more.";
    expect(find(text, question)).toEqual([
      expect.objectContaining({ contained: false, longestRun: 10, covered: 10 / 14 }),
    ]);
    expect(find("Two three four five six seven and eight.", question)[0]?.longestRun ?? 0).toBe(0);
  });

  it("sees an edited question by its shingles, against the sentence that is most like it", () => {
    const question = "Is there a mutation analysis of the tumor gene in the island population?";
    const edited =
      "The mutation analysis of the tumor gene in the island population. Another sentence follows here.";
    const [overlap] = find(edited, question);
    // 8 shared shingles; the question has 11, the sentence 9.
    expect(overlap?.similarity).toBeCloseTo(8 / 12);
  });

  it("compares the whole text with question and answer together", () => {
    const asked: Asked = ["Which vitamin deficiency causes night blindness early?", "vitamin A"];
    const [overlap] = find("Which vitamin deficiency causes night blindness early? Vitamin A.", asked);
    expect(overlap?.similarity).toBe(1);
  });

  it("is found for every question of the same words, in every set", () => {
    const twice = [...questions(carrier), { set: "other", id: "x", question: carrier, answer: "none" }];
    expect(
      createOverlapIndex(twice)
        .find(carrier)
        .map(({ set, id }) => `${set} ${id}`),
    ).toEqual(["set q1", "other x"]);
  });

  it("does not come of words that many questions share", () => {
    const stem = "which of the following is the most likely diagnosis in this";
    const ask = (count: number) =>
      Array.from({ length: count }, (_, index) => `Finding${index} alone: ${stem} case${index}?`);
    const text = `They ask ${stem} group of people.`;
    expect(find(text, ...ask(10)).map(({ longestRun }) => longestRun)).toContain(11);
    expect(find(text, ...ask(11)).every(({ longestRun }) => longestRun === 0)).toBe(true);
    expect(find(text, ...ask(100))).not.toEqual([]);
    expect(find(text, ...ask(101))).toEqual([]);
  });
});

describe("an index", () => {
  it("counts the questions that are too short to say anything, and does not look for them", () => {
    const index = createOverlapIndex(questions("Is the heart enlarged?", carrier));
    expect(index.sets).toEqual([{ name: "set", questions: 2, tooShort: 1 }]);
    expect(index.find("Is the heart enlarged?")).toEqual([]);
  });

  it("finds nothing in an empty text, and nothing at all without questions", () => {
    expect(find("", carrier)).toEqual([]);
    expect(createOverlapIndex([]).find(carrier)).toEqual([]);
  });

  it("takes time linear in a hostile text", () => {
    const index = createOverlapIndex(questions("a a a a a a a a a a a a a a a a a a a a", carrier));
    const began = performance.now();
    index.find("a ".repeat(100_000));
    index.find(`${carrier} `.repeat(10_000));
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it("agrees with a plain search for the longest run and the shared words, for any texts", () => {
    const word = fc.constantFrom("a", "b", "c");
    const phrase = fc.array(word, { minLength: 6, maxLength: 14 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(
        fc.uniqueArray(phrase, { minLength: 1, maxLength: 3 }),
        fc.array(word, { maxLength: 40 }),
        (asked, text) => {
          const found = find(text.join(" "), ...asked);
          for (const [index, question] of asked.entries()) {
            const overlap = found.find(({ id }) => id === `q${index + 1}`);
            const plain = compareWords(normalizedWords(question), text);
            expect(overlap?.longestRun ?? 0).toBe(plain.longestRun);
            expect(overlap?.covered ?? 0).toBeCloseTo(plain.covered);
          }
        },
      ),
    );
  });
});

/** Every pair of places, compared word by word. */
function compareWords(question: readonly string[], text: readonly string[]) {
  const size = Math.min(8, question.length);
  const covered = new Set<number>();
  let longestRun = 0;
  for (let place = 0; place < question.length; place++) {
    for (let start = 0; start < text.length; start++) {
      let length = 0;
      while (place + length < question.length && question[place + length] === text[start + length]) length++;
      if (length < size) continue;
      longestRun = Math.max(longestRun, length);
      for (let offset = 0; offset < length; offset++) covered.add(place + offset);
    }
  }
  return { longestRun, covered: covered.size / question.length };
}
