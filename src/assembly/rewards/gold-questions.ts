import type { Option } from "#contracts";
import { readDataSet, type Sample } from "#evaluation";

/** A question with what is right, as an item has them. */
export type GoldQuestion = {
  question: string;
  options: readonly Option[];
  gold: { letter?: string; text?: string; aliases?: readonly string[]; sources: readonly string[] };
};

/** Finds questions by their text, for trainers that send nothing but text. */
export type GoldQuestions = {
  /** The question that stands first in a text, and where it ends; the longest of those that begin there. */
  find(text: string): { found: GoldQuestion; end: number } | undefined;
};

/** Questions are looked up by so many of their first characters; shorter ones are not looked for, as they stand anywhere. */
const keyLength = 12;

/** Reads the questions of a data set, in any form that evaluation reads. Throws what reading it throws. */
export async function openGoldQuestions(path: string, signal?: AbortSignal): Promise<GoldQuestions> {
  const { samples } = await readDataSet({ path, signal });
  return createGoldQuestions(samples.map(goldQuestion));
}

export function createGoldQuestions(questions: readonly GoldQuestion[]): GoldQuestions {
  const trimmed = questions.map((one) => ({ ...one, question: one.question.trim() }));
  const known = trimmed.filter(({ question }) => question.length >= keyLength);
  const byKey = Map.groupBy(
    known.toSorted((a, b) => b.question.length - a.question.length),
    ({ question }) => question.slice(0, keyLength),
  );
  return {
    find(text) {
      for (let start = 0; start + keyLength <= text.length; start++) {
        const candidates = byKey.get(text.slice(start, start + keyLength));
        const found = candidates?.find(({ question }) => text.startsWith(question, start));
        if (found) return { found, end: start + found.question.length };
      }
      return undefined;
    },
  };
}

function goldQuestion({ question, options, gold, sources = [] }: Sample): GoldQuestion {
  const right = () => {
    if (gold.type === "option") return { letter: gold.label };
    const [text, ...aliases] = gold.type === "text" ? gold.texts : [];
    return text === undefined ? {} : { text, aliases };
  };
  return { question, options, gold: { ...right(), sources } };
}
