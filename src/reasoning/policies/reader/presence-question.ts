import { terms } from "#text";

const things =
  "(?:most |likely |main |chest |frontal |lateral |primary )*(?:image|picture|slide|tile|film|x-?ray|radiograph|scan|chest|lung|tissue|lesion|diagnosis|finding|sample|specimen|section|biopsy|patient|study|mucosa|view|heart|person|man|woman|child)s?";
const anyone = `(?:it|there|you|we|one|he|she|they|i|(?:this|that|these|those)(?: ${things})?|the ${things})`;
const showing =
  "(?:shows?|see|has|have|contains?|demonstrates?|reveals?|suggests?|indicates?|identify|find|detect|recognize|excludes?|rules? out|confirms?|depicts?|displays?|lacks?|supports?|represents?|fits?|looks? like)";

/** What stands before the finding in a question or statement about its presence. */
const heads = [
  `(?:is|are|was|were)(?:n['’]t)? ${anyone}\\b`,
  `(?:has|have|had) ${anyone}\\b`,
  `(?:does|do|did|can|could) ${anyone}\\b.*\\b${showing}\\b`,
  `(?:can|could|may|might) ${anyone} be\\b`,
  `${anyone} (?:is|are|was|were|${showing})\\b`,
  "(?:any|no|with|without|(?:any )?(?:evidence|signs?|presence|absence) of)\\b",
];
const head = new RegExp(`^(?:(?:an?|the)?$|(?:${heads.join("|")}))`, "i");
/** Before a finding that its verb follows: "Is a large pneumothorax …", "Can pneumonia …". */
const openHead = /^(?:is|are|was|were|has|have|can|could|may|might)(?:n['’]t)?(?: [\p{L}-]+){0,4}$/iu;

/** What may stand behind it: nothing more, a place or another finding, or that it is seen. */
const tail = /^(?:$|[,;:)]|(?:in|on|at|within|over|along|near|of|or|and|with|here|anywhere|elsewhere)\b)/i;
const seenTail =
  /^(?:(?:be|been|is|are|was|were) )*(?:not )?(?:(?:clearly|definitely|safely|confidently|reliably) )?(?:present|seen|visible|absent|evident|shown|found|identified|excluded|ruled out|likely(?! to)|unlikely(?! to)|detected|visuali[sz]ed|missing|demonstrated|suspected|noted|apparent|there)\b/i;

/** Words by which a sentence asks how things relate, change or differ, or turns its yes in a way that is not read here. */
const beyond =
  /\b(?:caus(?:e|es|ed|ing)|leads?|led|due|because|results?|secondary|treat\w*|therap\w*|cur(?:e|es|ed|able)|drugs?|tests?|ways?|useful|helpful|effective|safe|risks?|prevent\w*|associated|linked|related|differ\w*|distinguish\w*|other|than|except|besides|apart|after|before|since|chang\w*|improv\w*|wors\w*|increas\w*|decreas\w*|resolv\w*|false|untrue|incorrect|wrong|if|why|how|when|cannot|can ?not|can['’]t|not (?:be )?(?:excluded?|ruled?))\b|^\s*\p{L}+ (?:there|this|it|that) not\b/iu;

const wordPattern = /[\p{L}\p{N}]+/gu;

/**
 * Whether a sentence asks or says that a finding is there, or is not: by what stands before the phrase ("Does the slide show …",
 * "Is there …") and behind it. Strict: a sentence that it does not know is about something else.
 */
export function isPresenceQuestion(sentence: string, phrase: string): boolean {
  if (beyond.test(sentence)) return false;
  const place = findWords(sentence, new Set(terms(phrase)));
  if (!place) return false;
  const before = sentence
    .slice(0, place.start)
    .trim()
    .replace(/^[^,]{0,80},\s*(?=(?:is|are|was|were|do|does|did|can|could|has|have|any)\b)/i, "");
  const behind = sentence
    .slice(place.end)
    .replace(/[?.!\s]{1,20}$/, "")
    .trimStart();
  return (
    (head.test(before) && (tail.test(behind) || seenTail.test(behind))) ||
    (openHead.test(before) && seenTail.test(behind))
  );
}

/** From the first to the last of the words, where the text has them all. */
function findWords(text: string, wanted: ReadonlySet<string>): { start: number; end: number } | undefined {
  const found = Array.from(text.matchAll(wordPattern), ({ 0: word, index }) => {
    return { start: index, end: index + word.length, term: terms(word)[0] ?? "" };
  }).filter(({ term }) => wanted.has(term));
  if (wanted.size === 0 || new Set(found.map(({ term }) => term)).size < wanted.size) return undefined;
  const [first, last] = [found[0], found.at(-1)];
  return first && last && { start: first.start, end: last.end };
}
