/** Words with a stem of their own. */
export const exceptions = new Map([
  ["andes", "andes"],
  ["atlas", "atlas"],
  ["bias", "bias"],
  ["cosmos", "cosmos"],
  ["early", "earli"],
  ["gently", "gentl"],
  ["howe", "howe"],
  ["idly", "idl"],
  ["news", "news"],
  ["only", "onli"],
  ["singly", "singl"],
  ["skies", "sky"],
  ["skis", "ski"],
  ["sky", "sky"],
  ["ugly", "ugli"],
]);

/** Words that are left as they are once their plural ending is gone. */
export const finished = new Set([
  "succeed",
  "proceed",
  "exceed",
  "canning",
  "inning",
  "earring",
  "herring",
  "outing",
  "evening",
]);

/** Step 1b; longer endings first, as in all that follow. */
export const verbEndings = ["eedly", "ingly", "edly", "eed", "ing", "ed"];

/** What each ending of a step becomes, longer endings first. */
export type Endings = ReadonlyMap<string, string>;

/** Step 2. */
export const secondEndings: Endings = new Map([
  ["ization", "ize"],
  ["ational", "ate"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["ogist", "og"],
  ["entli", "ent"],
  ["ation", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ousli", "ous"],
  ["iviti", "ive"],
  ["fulli", "ful"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["izer", "ize"],
  ["ator", "ate"],
  ["alli", "al"],
  ["bli", "ble"],
  ["ogi", "og"],
  ["li", ""],
]);

/** Step 3. */
export const thirdEndings: Endings = new Map([
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ative", ""],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
]);

/** Step 4. */
export const fourthEndings: Endings = new Map(
  "ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic"
    .split(" ")
    .map((ending) => [ending, ""]),
);
