/** One search's documents, as far as a block's text is compared with them. */
type Found = { documents: readonly { id?: string | undefined; title: string; text: string }[] };

/** So many words in a row are a document's. */
const run = 5;
/** Words that stand between documents where a loop or a tool writes them, and where nothing was found. */
const scaffold = new Set(
  "a context doc document documents error found id information match matching no none nothing of passage passages query result results score search source text the title were".split(
    " ",
  ),
);
/** Words at cuts: what a tool shortens may end and begin within a word. */
const cutWords = 2;

/**
 * Which blocks, in order, say what was retrieved and nothing else. Each search accounts for one block, so that a copy of an earlier block
 * is not the environment's. Takes linear time but for blocks that fit no search.
 */
export function matchBlocks(blocks: readonly string[], searches: readonly Found[]): boolean[] {
  const left = searches.map((search) => coverOf(search));
  return blocks.map((block) => {
    const words = wordsOf(block);
    const index = left.findIndex((covers) => covers(words));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

/** A test of whether words are a search's documents, with nothing else between them than numbers and scaffold. */
function coverOf({ documents }: Found): (words: readonly string[]) => boolean {
  const texts = documents.flatMap(({ id, title, text }) => [
    wordsOf(`${title} ${text}`),
    wordsOf(text),
    wordsOf(title),
    wordsOf(id ?? ""),
  ]);
  // Of documents that were given by their ids alone the text is not known.
  if (documents.length > 0 && documents.every(({ text }) => text.trim() === "")) return () => true;
  const runs = new Set<string>();
  for (const words of texts) {
    for (let start = 0; start + run <= words.length; start++) {
      runs.add(words.slice(start, start + run).join(" "));
    }
  }
  const short = texts.filter((words) => words.length > 0 && words.length < run);
  const isThere = (words: readonly string[], at: number) => (word: string, offset: number) =>
    words[at + offset] === word;
  return (words) => {
    let uncovered = 0;
    let covered = 0;
    for (let at = 0; at < words.length; at++) {
      if (runs.has(words.slice(at, at + run).join(" "))) covered = at + run;
      for (const one of short)
        if (one.every(isThere(words, at))) covered = Math.max(covered, at + one.length);
      const word = words[at]!;
      if (at >= covered && !scaffold.has(word) && !/^\p{N}+$/u.test(word)) uncovered++;
      if (uncovered > cutWords) return false;
    }
    return covered > 0 || (documents.length === 0 && uncovered === 0);
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
