/**
 * What a model card says about turning texts into vectors: a family of models that are used alike. Data alone, since all of it
 * decides the vectors and so the fingerprint.
 */
export type Family = {
  /** As named in a source: `?family=NAME`. */
  name: string;
  /** Names of models that belong to it; absent where it is only used when named. */
  models?: RegExp;
  /** The vector of a text: the mean over its tokens, or that of its first token. */
  pooling: "mean" | "first-token";
  queryPrefix: string;
  passagePrefix: string;
  /** How a title goes before the text: `title text`, `title. text`, `title[SEP]text`, or as two segments of the input. */
  title: "space" | "sentence" | "separator" | "pair";
  /** Longer inputs are cut at the end. */
  maxTokens: { query: number; passage: number };
};

/** What an encoder reads: a text, and the second segment of a pair. */
export type EncoderText = { text: string; pair?: string };

export type Role = "query" | "passage";

export function prepareQuery(family: Family, query: string): EncoderText {
  return { text: `${family.queryPrefix}${query}`.toWellFormed() };
}

export function preparePassage(family: Family, passage: { title: string; text: string }): EncoderText {
  const { passagePrefix } = family;
  const [title, text] = [passage.title.toWellFormed(), passage.text.toWellFormed()];
  if (family.title === "pair") return { text: `${passagePrefix}${title}`, pair: text };
  return { text: `${passagePrefix}${joinTitle(family.title, { title, text })}` };
}

/** A missing title or text leaves the other alone. `sentence` is MedRAG's rule: no period after `.`, `?` or `!`. */
export function joinTitle(
  style: Exclude<Family["title"], "pair">,
  { title, text }: { title: string; text: string },
): string {
  if (title === "" || text === "") return title + text;
  switch (style) {
    case "space":
      return `${title} ${text}`;
    case "sentence":
      return `${title}${/[.?!]$/.test(title) ? " " : ". "}${text}`;
    case "separator":
      return `${title}[SEP]${text}`;
  }
}
