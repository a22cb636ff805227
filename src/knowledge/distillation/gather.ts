import { sha256 } from "#platform";
import { normalizedWords } from "#text";
import { type KnowledgeKind, kindTitle } from "./kinds.ts";

/** A line of the knowledge base. `sources` are the ids of the rows that its sentences come from. */
type KnowledgeRow = {
  id: string;
  title: string;
  text: string;
  kind: KnowledgeKind;
  subject: string | null;
  sources: string[];
};

export type KnowledgeSentence = {
  text: string;
  kind: KnowledgeKind;
  subject: string | null;
  source: string;
};

type Group = { kind: KnowledgeKind; subject: string | null; sentences: KnowledgeSentence[]; words: number };

/** The paper's chunks: at least so many words (Med-RwR, arXiv 2510.18303). */
const fewestWords = 100;

/** Makes rows of sentences. `add` and `end` return the rows that are complete. */
export type Gatherer = { add(sentence: KnowledgeSentence): KnowledgeRow[]; end(): KnowledgeRow[] };

/**
 * Gathers sentences of one subject and kind, in the order in which they come, into passages of at least 100 words; what is left over
 * joins the last passage of its group. With `single` each sentence is a row. Keeps at most two passages of each group in memory.
 */
export function createGatherer({ single = false }: { single?: boolean } = {}): Gatherer {
  const open = new Map<string, Group>();
  const complete = new Map<string, Group>();
  return {
    add(sentence) {
      const { kind, subject, text } = sentence;
      if (single) return [toRow({ kind, subject, sentences: [sentence], words: 0 })];
      const name = JSON.stringify([kind, subject]);
      const group = open.get(name) ?? { kind, subject, sentences: [], words: 0 };
      group.sentences.push(sentence);
      group.words += normalizedWords(text).length;
      open.set(name, group);
      if (group.words < fewestWords) return [];
      const before = complete.get(name);
      complete.set(name, group);
      open.delete(name);
      return before ? [toRow(before)] : [];
    },
    end() {
      for (const [name, { sentences, ...rest }] of open) {
        const last = complete.get(name);
        if (last) last.sentences.push(...sentences);
        else complete.set(name, { ...rest, sentences });
      }
      const rows = [...complete.values()].map(toRow);
      open.clear();
      complete.clear();
      return rows;
    },
  };
}

function toRow({ kind, subject, sentences }: Group): KnowledgeRow {
  const text = sentences.map((sentence) => sentence.text).join(" ");
  return {
    id: `${kind}-${sha256(text).slice(0, 16)}`,
    title: subject === null ? kindTitle(kind) : `${kindTitle(kind)}: ${subject}`,
    text,
    kind,
    subject,
    sources: [...new Set(sentences.map(({ source }) => source))],
  };
}
