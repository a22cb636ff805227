import type { CaseFilter, CaseIndex } from "#imaging";

type PromptKind = "chest-x-ray" | "histology" | "cytology" | "ct" | "general";

const kindsByWord: readonly (readonly [RegExp, PromptKind])[] = [
  [/chest/, "chest-x-ray"],
  [/h&e|histolog/, "histology"],
  [/cytolog|pap/, "cytology"],
  [/^ct\b/, "ct"],
];

/** A term of so many words is put into sentences; a longer text is a sentence already. */
const mostWords = 5;

/** Whether a text is a term that an image–text model understands better in a sentence (arXiv 2103.00020, section 3.1.4). */
export function isTerm(text: string): boolean {
  return text.trim().split(/\s+/).length <= mostWords;
}

/** The kind of images that a search is about: what its filter asks for, else what most of the cases are. */
export function promptKindOf(
  filter: CaseFilter | undefined,
  { size, values }: Pick<CaseIndex, "size" | "values">,
): PromptKind {
  const { kind = [], modality = [] } = filter?.facets ?? {};
  const asked = [...kind, ...modality].map((value) => kindOf(value.toLowerCase()));
  if (asked.length > 0) return asked.every((one) => one === asked[0]) ? (asked[0] ?? "general") : "general";
  const counts = new Map<PromptKind, number>();
  for (const { value, cases } of values().kind) {
    const found = kindOf(value);
    counts.set(found, (counts.get(found) ?? 0) + cases);
  }
  const [most] = [...counts].find(([, cases]) => 2 * cases > size) ?? [];
  return most ?? "general";
}

function kindOf(value: string): PromptKind {
  return kindsByWord.find(([word]) => word.test(value))?.[1] ?? "general";
}
