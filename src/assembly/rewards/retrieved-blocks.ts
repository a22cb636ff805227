type Document = { id?: string | undefined; title: string; text: string };
/** One search's documents, as far as a block's text is compared with them. */
type Found = { documents: readonly Document[] };

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
  const left = [...searches];
  return blocks.map((block) => {
    const index = left.findIndex((search) => isOf(block, search));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function isOf(block: string, { documents }: Found): boolean {
  if (documents.length === 0) return strangeWords(wordsOf(block)) === 0;
  // Of documents that were given by their ids alone the text is not known.
  if (documents.every(({ text }) => text.trim() === "")) return true;
  return isWhole(block, documents) || isCovered(wordsOf(block), documents);
}

/** Whether a block holds documents whole, as most do, and nothing else but numbers and scaffold. */
function isWhole(block: string, documents: readonly Document[]): boolean {
  const pieces = (of: "text" | "title") => documents.map((one) => one[of].trim()).filter((one) => one !== "");
  const without = (text: string, piece: string) => text.replace(piece, () => "\n");
  const rest = pieces("text").reduce(without, block);
  return rest !== block && strangeWords(wordsOf(pieces("title").reduce(without, rest))) <= cutWords;
}

/** Whether the words are runs of the documents' words, with nothing else between them than numbers and scaffold. */
function isCovered(words: readonly string[], documents: readonly Document[]): boolean {
  const texts = documents.flatMap(({ id = "", title, text }) =>
    [`${title} ${text}`, text, title, id].map(wordsOf),
  );
  const runs = new Set<string>();
  for (const one of texts) {
    for (let start = 0; start + run <= one.length; start++) runs.add(one.slice(start, start + run).join(" "));
  }
  const short = texts.filter(({ length }) => length > 0 && length < run);
  const shortTexts = new Set(documents.map(({ text }) => wordsOf(text).join(" ")));
  let holdsText = false;
  let strange = 0;
  let covered = 0;
  for (const [at, word] of words.entries()) {
    if (runs.has(words.slice(at, at + run).join(" "))) {
      covered = at + run;
      holdsText = true;
    }
    for (const one of short) {
      if (!one.every((other, offset) => words[at + offset] === other)) continue;
      covered = Math.max(covered, at + one.length);
      if (shortTexts.has(one.join(" "))) holdsText = true;
    }
    if (at >= covered && isStrange(word)) strange++;
    if (strange > cutWords) return false;
  }
  return holdsText;
}

function strangeWords(words: readonly string[]): number {
  return words.filter(isStrange).length;
}

function isStrange(word: string): boolean {
  return !scaffold.has(word) && !/^\p{N}+$/u.test(word);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
