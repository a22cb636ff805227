import { sentences, terms } from "#text";
import { readChoice } from "#transcript";
import { answerOptions } from "../gold.ts";
import type { ReadTrajectory } from "../read-trajectory.ts";

/** A sentence of a thought. */
type Step = {
  text: string;
  /** Its terms, in order. */
  words: readonly string[];
  /** Shares a word with the question, its options, or what had been found. */
  isRelevant: boolean;
  /** Holds a word that no step before it held. */
  isNew: boolean;
  /** Says the words of an earlier step again. */
  isRepeat: boolean;
};

/** What can be checked of a chain of thought without a model. */
type Reasoning = {
  steps: readonly Step[];
  /** For each query that asks something, whether it has to do with the question, with what was found or with the thought before it. */
  queries: readonly boolean[];
  /** For each time that something was found, whether what the model wrote next takes words of it up. */
  uses: readonly boolean[];
  /** The largest share of a thought's different words that the question, its options or what had been found hold, 0–1. */
  echo: number;
  /** The option that the last thought concludes; null where it concludes none. */
  concluded: string | null;
  /** How many options the thoughts call the answer. */
  verdicts: number;
  /** Written without spaces between words: nothing of this can be read from words. */
  isUnspaced: boolean;
};

/** Further text of the model's thoughts is not read. */
const longestRead = 64_000;
/** Blocks of fewer words say nothing that could be taken up ("None"). */
const fewestWords = 3;
const conclusion = /\b(?:so|therefore|thus|hence|answer|conclu\w*|choose|chosen|diagnosis)\b/i;
const verdict = /\b(?:answer|choice|choose)\b/i;
const mostSentences = 24;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

const known = new WeakMap<ReadTrajectory, Reasoning>();

/** Reads the thoughts of a trajectory, once for all rewards that ask. */
export function readReasoning(trajectory: ReadTrajectory): Reasoning {
  const read = known.get(trajectory) ?? readOnce(trajectory);
  known.set(trajectory, read);
  return read;
}

function readOnce(trajectory: ReadTrajectory): Reasoning {
  const asked = termSet([trajectory.question, ...trajectory.options.map(({ text }) => text)].join("\n"));
  const reachable = new Set(asked);
  const seen = new Set<string>();
  const said = new Set<string>();
  const steps: Step[] = [];
  const queries: boolean[] = [];
  const uses: boolean[] = [];
  let thought: ReadonlySet<string> = new Set();
  let found: Set<string> | null = null;
  let echo = 0;
  let left = longestRead;
  for (const { kind, origin, content } of trajectory.segments) {
    const text = content.slice(0, left);
    if (kind === "retrieve" && origin === "environment") {
      const words = termSet(content.slice(0, longestRead));
      for (const term of words) reachable.add(term);
      if (words.size < fewestWords) continue;
      found ??= new Set();
      for (const term of words) found.add(term);
      continue;
    }
    if (origin !== "model") continue;
    left -= text.length;
    if (kind === "query" && text.trim() !== "") {
      const words = termSet(text);
      queries.push(!words.isDisjointFrom(reachable) || !words.isDisjointFrom(thought));
    }
    if (kind !== "think" && kind !== "answer") continue;
    const own = kind === "think" ? sentences(text).map((sentence) => readStep(sentence.text)) : [];
    const words = kind === "think" ? new Set(own.flatMap(({ words }) => words)) : termSet(text);
    if (found !== null) {
      uses.push(takesUp(words, found, asked));
      found = null;
    }
    if (kind !== "think") continue;
    thought = words;
    steps.push(...own);
    if (words.size > 0) echo = Math.max(echo, words.intersection(reachable).size / words.size);
  }
  const thoughts = trajectory.thoughts.join("\n").slice(0, longestRead);
  return {
    steps,
    queries,
    uses,
    echo,
    isUnspaced: isUnspaced(thoughts),
    ...readConclusions(trajectory, steps),
  };

  function readStep(text: string): Step {
    const words = terms(text);
    const key = words.join(" ");
    const step = {
      text,
      words,
      isRelevant: words.some((word) => reachable.has(word)),
      isNew: words.some((word) => !seen.has(word)),
      isRepeat: said.has(key),
    };
    said.add(key);
    for (const word of words) seen.add(word);
    return step;
  }
}

function readConclusions(
  trajectory: ReadTrajectory,
  steps: readonly Step[],
): Pick<Reasoning, "concluded" | "verdicts"> {
  const options = answerOptions(trajectory);
  if (options.length === 0) return { concluded: null, verdicts: 0 };
  const choose = ({ text }: Step) => readChoice(text.slice(0, 1000), options)?.label ?? null;
  const last = steps.slice(-mostSentences).filter(({ text }) => conclusion.test(text));
  let concluded: string | null = null;
  for (let index = last.length - 1; index >= 0 && concluded === null; index--) {
    concluded = choose(last[index]!);
  }
  const judged = steps.filter(({ text }) => verdict.test(text)).slice(0, mostSentences);
  const verdicts = judged.length < 3 ? [] : judged.map(choose).filter((label) => label !== null);
  return { concluded, verdicts: new Set(verdicts).size };
}

/** A word that the question does not have, or two that it may have. */
function takesUp(
  words: ReadonlySet<string>,
  found: ReadonlySet<string>,
  asked: ReadonlySet<string>,
): boolean {
  const shared = words.intersection(found);
  return shared.size > 1 || !shared.isSubsetOf(asked);
}

function termSet(text: string): Set<string> {
  return new Set(terms(text));
}

function isUnspaced(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return (text.match(unspaced)?.length ?? 0) > 0.3 * letters;
}
