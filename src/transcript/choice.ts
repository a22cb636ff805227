import type { Option } from "#contracts";
import { createLabelReaders } from "./option-label.ts";
import { containedOptions, exactOptions, leadingOptions, tidy } from "./option-text.ts";

/**
 * The label of the option that an answer chooses, or null where it names none or more than one; never a guess.
 * Read in this order, and the first that finds anything decides: the whole answer is a label ("B", "(b).", "**B**"); it is the text of
 * an option; a label is boxed ("\boxed{B}"), stated ("The answer is B", "Option B"), begins a line ("B. Pulmonary embolism") or
 * stands in parentheses ("embolism (B)"); the answer begins with an option's text ("Yes, …"); it contains one in whole words,
 * the longer of two that overlap. Case does not count. Takes linear time.
 */
export function parseChoice(answer: string, options: readonly Option[]): string | null {
  const usable = options.filter(({ label }) => label.trim() !== "");
  if (usable.length === 0) return null;
  const text = tidy(answer);
  const labels = createLabelReaders(usable);
  const readers = [
    () => labels.whole(text),
    () => exactOptions(text, usable),
    () => labels.boxed(answer),
    () => labels.stated(text),
    () => labels.leading(text),
    () => labels.parenthesized(text),
    () => leadingOptions(text, usable),
    () => containedOptions(text, usable),
  ];
  for (const read of readers) {
    const found = new Set(read());
    if (found.size > 0) return found.size === 1 ? ([...found][0] ?? null) : null;
  }
  return null;
}
