import { foldToAscii } from "./fold-ascii.ts";
import { stemEnglish } from "./stem-english.ts";

/** LanceDB drops tokens of so many bytes and more before anything else. */
const tooLong = 40;

/** LanceDB's English stop words, those of NLTK. They are dropped after stemming, so that "before" stays ("befor"). */
const stopWords = new Set(
  (
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its " +
    "itself they them their theirs themselves what which who whom this that these those am is are was were be been being have " +
    "has had having do does did doing a an the and but if or because as until while of at by for with about against between " +
    "into through during before after above below to from up down in out on off over under again further then once here " +
    "there when where why how all any both each few more most other some such no nor not only own same so than too very s t " +
    "can will just don should now d ll m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma mightn mustn needn shan " +
    "shouldn wasn weren won wouldn"
  ).split(" "),
);

const asciiToken = /[0-9A-Za-z]+/g;
const anyToken = /[\p{Alphabetic}\p{N}]+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is where ASCII begins.
const onlyAscii = /^[\x00-\x7f]*$/;

/** The pieces of a text that may become terms: unbroken letters and digits. */
export function tokensOf(text: string): string[] {
  return text.match(onlyAscii.test(text) ? asciiToken : anyToken) ?? [];
}

/**
 * The term of a token as LanceDB's text index makes it (tokenizer `simple`, English stems, stop words removed, ASCII folding);
 * undefined for stop words and tokens that are too long.
 */
export function termOf(token: string): string | undefined {
  const ascii = onlyAscii.test(token);
  if ((ascii ? token.length : Buffer.byteLength(token)) >= tooLong) return undefined;
  // Letter by letter, because a whole Greek word would end in another sigma.
  const lower = ascii ? token.toLowerCase() : Array.from(token, (letter) => letter.toLowerCase()).join("");
  const stem = stemEnglish(lower);
  if (stopWords.has(stem)) return undefined;
  return ascii ? stem : foldToAscii(stem);
}
