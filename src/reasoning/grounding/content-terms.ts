import { terms } from "#text";
import { sameWord, unfoldNames } from "./same-words.ts";

/** Words that frame a statement and say nothing of medicine, or whose sense is read as denial, doubt or side instead. */
const framing = new Set(
  terms(`case cases patient patients image images picture evidence passage source article document page figure study report
    retrieved similar provided according based stated described mentioned suggest suggests indicate indicates show shows demonstrate
    demonstrates reveal reveals seen see identified visible noted found find finding observed detected present presence exist absent absence
    absence negative positive lack lacks unlikely likely possible possibly probable probably perhaps may might likelihood denies deny
    sign signs feature features often usually typically commonly generally also however therefore thus overall summary conclusion
    one known called refer refers left right bilateral side sided consistent compatible option answer label labels carry carries say says
    including include includes example given well label labelled labeled lie lies located belong belongs measure measures measured measuring appear appears appeared mg kg mcg mm cm ml row rows record records table value`),
);

/** Text as it is compared: names of several words made one, a number apart from its unit, straight quotes. */
export function unify(text: string): string {
  return unfoldNames(
    text
      .replace(/[’‘]/g, "'")
      .replace(/(?<=\d)(?=(?:mg|kg|g|mcg|µg|μg|mm|cm|ml|l|h|%)(?![\p{L}\p{N}]))/giu, " "),
  );
}

/** The term of a word that carries meaning, synonyms as one; null for stop words, framing words and plain numbers. */
export function contentTerm(word: string): string | null {
  const [term] = terms(word);
  if (term === undefined || framing.has(term) || /^\d+$/.test(term)) return null;
  return sameWord(term);
}

/** The terms of a text that carry meaning, in order, repeats kept. */
export function contentTerms(text: string): string[] {
  return terms(unify(text))
    .filter((term) => !framing.has(term) && !/^\d+$/.test(term))
    .map(sameWord);
}
