import { functionWords, normalizedWords, terms } from "#text";
import { readChoice } from "#transcript";
import { answerWords } from "../answer-words.ts";
import type { ReadTrajectory } from "../read-trajectory.ts";
import { retrievedTexts } from "../retrieved-texts.ts";
import { readReasoning } from "../thoughts/read-reasoning.ts";

const longestRead = 64_000;
const longestQuery = 32;
const mostOfOneWord = 3;
const fewestWords = 30;
const leastFunctionWords = 0.06;
const runLength = 8;
const shortestCopy = 60;
const mostThoughts = 8;
const mostRuns = 20;
const leastEcho = 0.8;
const leastRelevant = 0.15;

const anyFunctionWord = new Set([...functionWords.values()].flatMap((words) => [...words]));

/** Whether a query asks for everything at once: each of three or more options, over 32 words, or one word over and over. */
export function stuffsQueries({ queries, options }: ReadTrajectory): boolean {
  return queries.some((query) => {
    const text = query.slice(0, longestRead);
    const words = ` ${answerWords(text)} `;
    const named = options.filter((option) => words.includes(` ${answerWords(option.text)} `));
    const counted = new Map<string, number>();
    for (const term of terms(text)) counted.set(term, (counted.get(term) ?? 0) + 1);
    return (
      (options.length > 2 && named.length === options.length) ||
      words.split(" ").length - 2 > longestQuery ||
      counted.values().some((count) => count > mostOfOneWord)
    );
  });
}

/** Whether the answer is a list of all options, three or more, and hardly anything else. */
export function listsOptions({ answer, options }: ReadTrajectory): boolean {
  if (answer === null || options.length < 3 || answer.length < 2 * options.length) return false;
  const size = options.reduce((sum, { label, text }) => sum + label.length + text.length + 10, 20);
  if (answer.length > size) return false;
  return options.every((option) => readChoice(answer, [option]) !== null);
}

/** Whether a thought or answer is a list of keywords: hardly any of the words that carry a sentence, in no language. */
export function listsKeywords({ thoughts, answer }: ReadTrajectory): boolean {
  return [...thoughts, answer ?? ""].some((text) => {
    const words = normalizedWords(text.slice(0, longestRead)).filter((word) => /\p{L}/u.test(word));
    if (words.length < fewestWords) return false;
    return words.filter((word) => anyFunctionWord.has(word)).length < leastFunctionWords * words.length;
  });
}

/** Whether the model says the same over and over: sentences, runs of words, or one character. */
export function repeatsItself(trajectory: ReadTrajectory): boolean {
  const { steps } = readReasoning(trajectory);
  const repeated = steps.filter(({ isRepeat }) => isRepeat).length;
  if (repeated >= 3 && repeated > 0.3 * steps.length) return true;
  return [...trajectory.thoughts, trajectory.answer ?? ""].some((text) => {
    const read = text.slice(0, longestRead);
    if (/(\S)\1{30}/u.test(read)) return true;
    const words = normalizedWords(read);
    return words.length >= fewestWords && new Set(runsOf(words, 3)).size < 0.5 * (words.length - 2);
  });
}

/** Whether a long thought is a copy of the question or of what was found: nine in ten of some runs of eight words stand there. */
export function copiesInput(trajectory: ReadTrajectory): boolean {
  const { thoughts, question, options } = trajectory;
  if (readReasoning(trajectory).echo < leastEcho) return false;
  const long = thoughts
    .filter((thought) => thought.length >= shortestCopy)
    .sort((one, other) => other.length - one.length)
    .slice(0, mostThoughts)
    .map((thought) => wordsOf(thought.slice(0, longestRead)))
    .filter((words) => words.length >= 2 * runLength);
  if (long.length === 0) return false;
  const given = [question, ...options.map(({ text }) => text)].join(" ");
  const sources = [given, ...retrievedTexts(trajectory)].join("\n").slice(0, longestRead);
  const source = ` ${wordsOf(sources).join(" ")} `;
  return long.some((words) => {
    const stride = Math.max(1, Math.floor((words.length - runLength) / mostRuns));
    const runs = [...runsOf(words, runLength)].filter((_, index) => index % stride === 0);
    let misses = 0;
    // Most thoughts miss at once, and looking is what takes time.
    return !runs.some((run) => !source.includes(` ${run} `) && ++misses > 0.1 * runs.length);
  });
}

/** Whether thoughts go on beside the point: twelve sentences or more, hardly any of which has to do with what is asked or was found. */
export function padsThoughts(trajectory: ReadTrajectory): boolean {
  const { steps, isUnspaced } = readReasoning(trajectory);
  if (trajectory.modelText.length > longestRead) return true;
  if (isUnspaced || steps.length < 12) return false;
  return steps.filter(({ isRelevant }) => isRelevant).length < leastRelevant * steps.length;
}

/** Without the numbers of documents. */
function wordsOf(text: string): string[] {
  return normalizedWords(text).filter((word) => !/^\d+$/.test(word));
}

function* runsOf(words: readonly string[], length: number): Generator<string> {
  for (let start = 0; start + length <= words.length; start++) {
    yield words.slice(start, start + length).join(" ");
  }
}
