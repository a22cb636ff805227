import type { DataSet } from "../dicom/data-set.ts";
import { readTexts } from "../dicom/values.ts";

/** Attributes whose whole values point to a person, a visit or an institution (PS3.6); names of persons are told by their VR. */
const identifying = new Set([
  0x00080050, // Accession Number
  0x00080080, // Institution Name
  0x00080081, // Institution Address
  0x00081040, // Institutional Department Name
  0x00100020, // Patient ID
  0x00101000, // Other Patient IDs
  0x00101040, // Patient's Address
  0x00101090, // Medical Record Locator
  0x00102154, // Patient's Telephone Numbers
  0x00200010, // Study ID
  0x00380010, // Admission ID
]);

const shortestWord = 3;
const shortestValue = 4;
const shortestNumber = 6;

/** What identifies somebody elsewhere in the same file. */
export type IdentityTerms = {
  /** Whether a text repeats any of it. */
  inText: (text: string) => boolean;
  /** Whether one of several numbers is one of its values, and too long for chance. */
  inNumbers: (text: string) => boolean;
};

/**
 * The words of all names of persons and the values of what else identifies, of a data set and its sequences. A text repeats them
 * where it has such a word or contains such a value, in either case; shorter ones than three letters and four characters don't count.
 */
export function collectIdentityTerms(dataSet: DataSet): IdentityTerms {
  const words = new Set<string>();
  const values = new Set<string>();
  collect(dataSet, { words, values });
  return {
    inText: (text) => {
      const lower = text.toLowerCase();
      return (
        wordsOf(lower).some((word) => words.has(word)) || [...values].some((value) => lower.includes(value))
      );
    },
    inNumbers: (text) => {
      const numbers = text.split("\\").map((number) => number.trim());
      return numbers.some((number) => number.length >= shortestNumber && values.has(number));
    },
  };
}

function collect(dataSet: DataSet, terms: { words: Set<string>; values: Set<string> }): void {
  for (const { tag, vr, items = [] } of dataSet.elements.values()) {
    if (vr === "PN") {
      for (const word of readTexts(dataSet, tag).flatMap(wordsOf)) terms.words.add(word);
    } else if (identifying.has(tag)) {
      const texts = readTexts(dataSet, tag).map((text) => text.trim().toLowerCase());
      for (const text of texts) if (text.length >= shortestValue) terms.values.add(text);
    }
    for (const item of items) collect(item, terms);
  }
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.filter((word) => word.length >= shortestWord);
}
