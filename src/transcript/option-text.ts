import type { Option } from "#contracts";

const denial =
  /(?<![\p{L}\p{N}])(?:not|no|never|without|than|unlikely|\p{L}{2,6}n['’]t|cannot|excludes?|excluding|rules? out|ruled out|against|instead of|lacks?|lack of|absence of|negative for|free (?:of|from)|no \p{L}{1,20} (?:evidence|signs?|features?))\s+(?:(?:evidence|signs?|features?|findings?|indications?|suspicion)\s+(?:of|for)\s+)?(?:(?:of|for)\s+)?(?:(?:appear|seem|likely|consistent|compatible)\s+)?(?:(?:to be|be|with)\s+)?(?:an?\s+|the\s+|any\s+)?(?:\p{L}[:.)]\s+)?$/iu;
/** Behind a text: that it is not so. */
const denied =
  /^\s(?:(?:is|was|are|were|seems?|looks?|appears?|can|could|has been|have been)\s(?:(?:be|to be)\s)?(?:\p{L}{1,12}ly\s)?(?:not|unlikely|less likely|absent|excluded|incorrect|wrong|ruled out)|cannot|can['’]t|isn['’]t|wasn['’]t)(?!\p{L})/iu;
const denialLength = 48;
/** Where an answer that begins with an option's text goes on: not as "normal-appearing" or "1.5" do. */
const endsThere = /^(?:[.,](?!\d)|[:;!\n—]|[–-](?![\p{L}\d]))/u;
/** Behind a number: a second one, as in "grade 3 or 4". */
const secondNumber =
  /^(?: ?[&,] ?| (?:and|or|to) )(?:\p{L}{1,12} ){0,2}\d{1,2}(?!\d|[.,]\d| ?(?:%|[mck]m|[mk]?g|ml|x)(?!\p{L}))/u;

/** Text without Markdown, LaTeX and simple HTML marks; runs of white space become one space, or one line break where they hold one. */
export function tidy(text: string): string {
  return text
    .replace(/\\(?:boxed|text|textbf|mathrm|mathbf)(?=\s*\{)/g, "")
    .replace(/<\/?(?:b|i|u|em|strong|p|br|span|code)\s?\/?>/gi, " ")
    .replace(/[*_`#$\\{}]+/g, " ")
    .replace(/\s+/g, (space) => (space.includes("\n") ? "\n" : " "))
    .trim();
}

/** Labels of the options whose text the whole answer is. */
export function exactOptions(text: string, options: readonly Option[]): string[] {
  const wanted = comparable(text);
  if (wanted === "") return [];
  return options.filter((option) => comparable(option.text) === wanted).map(({ label }) => label);
}

/**
 * Labels of the longest option text with which the answer begins, followed by punctuation or a line break: "Yes, …"; and of those that are
 * a line of it.
 */
export function leadingOptions(text: string, options: readonly Option[]): string[] {
  const lower = text.toLowerCase();
  const leading = readable(options).filter(
    ([wanted]) => lower.startsWith(wanted) && endsThere.test(lower.slice(wanted.length)),
  );
  if (leading[0] === undefined) return [];
  const [wanted, labels] = leading[0];
  const others = new Set(text.slice(wanted.length).split("\n").map(comparable));
  return [...labels, ...readable(options).flatMap(([one, its]) => (others.has(one) ? its : []))];
}

/** Labels of the options that stand in the answer with label and text, as "it would be A: Pneumonia", and are not denied there. */
export function labeledOptions(text: string, options: readonly Option[]): string[] {
  const flat = text.replaceAll("\n", " ");
  return options.flatMap(({ label, text: own }) => {
    const wanted = comparable(own);
    if (wanted.length < 2) return [];
    const start = `(?<![\\p{L}\\p{N}])${escapePattern(label.trim())}["'”’)\\]]{0,2} ?[:.)\\]–—-] ?["'“(\\[]{0,2}`;
    const pattern = new RegExp(`${start}${escapePattern(wanted)}(?![\\p{L}\\p{N}])`, "giu");
    const stands = Array.from(flat.matchAll(pattern)).some(
      ({ index }) => !denial.test(flat.slice(Math.max(0, index - denialLength), index)),
    );
    return stands ? [label] : [];
  });
}

/** Labels of the options whose text stands in the answer in whole words, is not denied there, and is not part of a longer one's; of all where there is a second number. */
export function containedOptions(text: string, options: readonly Option[]): string[] {
  let rest = text.toLowerCase().replaceAll("\n", " ");
  const found: string[] = [];
  for (const [wanted, labels] of readable(options)) {
    let [affirmed, several] = [false, false];
    rest = rest.replace(wholeWords(wanted), (match, offset: number) => {
      const before = rest.slice(Math.max(0, offset - denialLength), offset);
      const behind = rest.slice(offset + match.length, offset + match.length + denialLength);
      if (!denial.test(before) && !denied.test(behind)) affirmed = true;
      if (/\d$/.test(wanted) && secondNumber.test(behind)) several = true;
      return "\u0000".repeat(match.length);
    });
    if (affirmed) found.push(...labels);
    if (several) found.push(...options.map(({ label }) => label));
  }
  return found;
}

/** Lower-cased texts of the options with their labels, longest first; a single letter is too short to be read in prose. */
function readable(options: readonly Option[]): [string, string[]][] {
  const labels = new Map<string, string[]>();
  for (const option of options) {
    const text = comparable(option.text);
    if (text.length > 1 || /\d/.test(text)) labels.set(text, [...(labels.get(text) ?? []), option.label]);
  }
  return [...labels].sort(([a], [b]) => b.length - a.length);
}

/** The text in whole words, a hyphen for a space and "and" for "&" or the other way round; no part of a number, and none of several. */
function wholeWords(text: string): RegExp {
  const words = escapePattern(text)
    .replace(/[ -]/g, "[ -]")
    .replace(/(?<=\])(?:&|and)(?=\[)/g, "(?:&|and)");
  const before = `(?<![\\p{L}\\p{N}]|\\d[.,]|\\p{L}-|(?<!\\p{L})non )${/^\d/.test(text) ? "(?<!\\d ?[-–/+] ?)" : ""}`;
  const behind = "(?![\\p{L}\\p{N}]|[.,]\\d|-\\p{L}| ?[-–/+] ?(?:\\d|[ivx]+(?!\\p{L})))";
  return new RegExp(`${before}${words}${behind}`, "gu");
}

/** For comparing an answer and an option: lower case, one line, without surrounding quotes and final punctuation. */
export function comparable(text: string): string {
  const flat = tidy(text).toLowerCase().replaceAll("\n", " ");
  const start = /^["'“‘\s]*/.exec(flat)?.[0].length ?? 0;
  let end = flat.length;
  while (end > start && /["'”’\s.,;:!]/.test(flat[end - 1]!)) end--;
  return flat.slice(start, end);
}

export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
