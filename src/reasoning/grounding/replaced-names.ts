import { contentTerm } from "./content-terms.ts";

type Word = { word: string; term: string };

/** Verbs, adverbs and participles are often put in other words; names are not. */
const likelyVerb = /(?:ed|ing|ly|ize|ise|ates?|ects?|ains?)$/i;
/** More words between two that both share are another statement rather than another name. */
const longestName = 6;

/**
 * Whether a claim has another name where the evidence has its own, between the same words: "doxycycline is the first choice" for
 * "amoxicillin is the first choice". `known` are further terms that the evidence is about.
 */
export function replacesName(claim: string, evidence: string, known: ReadonlySet<string>): boolean {
  const said = readWords(claim);
  const given = readWords(evidence);
  const saidTerms = new Set(said.map(({ term }) => term));
  const places = new Map(given.map(({ term }, index) => [term, index]));
  const isShared = ({ term }: Word) => places.has(term) || known.has(term);
  for (let start = 0; start < said.length; start++) {
    if (isShared(said[start]!)) continue;
    let end = start + 1;
    while (end < said.length && !isShared(said[end]!)) end++;
    const names = said.slice(start, end).filter(({ word }) => !likelyVerb.test(word));
    const before = start === 0 ? -1 : places.get(said[start - 1]!.term);
    const after = end === said.length ? given.length : places.get(said[end]!.term);
    start = end;
    if (names.length === 0 || before === undefined || after === undefined) continue;
    const instead = given.slice(before + 1, after);
    if (instead.length === 0 || instead.length > longestName) continue;
    if (instead.every(({ term }) => !saidTerms.has(term))) return true;
  }
  return false;
}

function readWords(text: string): Word[] {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => {
    const term = contentTerm(word);
    return term === null ? [] : [{ word, term }];
  });
}
