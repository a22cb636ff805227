import { functionWords, guessLanguage, normalizedWords } from "#text";
import type { ReadTrajectory } from "../read-trajectory.ts";
import { retrievedTexts } from "../retrieved-texts.ts";

const longestRead = 20_000;
const shortest = 40;
/** Latin and Greek letters stand in medical texts of every script. */
const foreign = [
  "Cyrillic",
  "Arabic",
  "Hebrew",
  "Devanagari",
  "Han",
  "Hiragana",
  "Katakana",
  "Hangul",
  "Thai",
].map((script) => new RegExp(`\\p{Script=${script}}`, "gu"));
const fewestLetters = 3;
/** Prose of English has more of its own function words; telling the language of what has fewer takes longer. */
const surelyEnglish = 0.1;
const others = [...functionWords].filter(([language]) => language !== "en").map(([, words]) => words);
const english = new Set(
  functionWords
    .get("en")
    ?.values()
    .filter((word) => !others.some((words) => words.has(word))),
);

/**
 * Whether the model writes in a script or language in which neither the question nor what was found is; English, in which models think,
 * is always allowed. After Med-R3's penalty on language consistency (arXiv 2507.23541).
 */
export function mixesLanguages(trajectory: ReadTrajectory): boolean {
  const { question, options, thoughts, answer } = trajectory;
  const given = [question, ...options.map(({ text }) => text), ...retrievedTexts(trajectory)]
    .join("\n")
    .slice(0, longestRead);
  const written = [...thoughts, answer ?? ""].filter((text) => text.length >= shortest);
  const all = trajectory.modelText.slice(0, longestRead);
  if (
    foreign.some((letters) => (all.match(letters)?.length ?? 0) >= fewestLetters && !given.match(letters))
  ) {
    return true;
  }
  const languages = new Set(written.map(languageOf).filter((one) => one !== null));
  languages.delete("en");
  if (languages.size === 0) return false;
  const asked = guessLanguage(question);
  const known = new Set([asked, guessLanguage(given)]);
  return asked !== null && languages.values().some((language) => !known.has(language));
}

function languageOf(text: string): string | null {
  const words = normalizedWords(text.slice(0, longestRead));
  const isEnglish = words.filter((word) => english.has(word)).length >= surelyEnglish * words.length;
  return isEnglish ? "en" : guessLanguage(text);
}
