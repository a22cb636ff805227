import type { Option } from "#contracts";
import { comparable, escapePattern } from "./option-text.ts";

/** A label as it stands in a text: its own place, and the end of the delimiter behind it. */
type Found = { name: string; start: number; end: number; after: number };

/** Ways to read labels in a tidied answer (`boxed`: in the raw one). Each gives the labels found, as the options spell them. */
type LabelReaders = Record<
  "whole" | "boxed" | "stated" | "leading" | "parenthesized",
  (text: string) => string[]
>;

const keyword =
  "(?:answer|option|choice|choose|select|pick|go with|antwort|réponse|respuesta|resposta|risposta)s?";
const link =
  "(?: (?:is|was|would be|should be|must be|the|option|choice|answer|letter|most likely|likely|probably|clearly|therefore|ist|est|es|é|è)){0,3}";
const denial =
  "(?:[Nn]ot|than|[Nn]or|[Nn]either|isn['’]t|excluded?|eliminated?|rule out|instead of|(?:not|n['’]t) (?:think|believe|say|agree)(?: that)?|doubt(?: that)?)";
const denied = `(?<!${denial} (?:the )?(?:(?:correct|right|best|final) )?)(?<![\\p{L}\\p{N}])`;
/** "The answer is", "I choose", "option", in a language without spaces between words. */
const chinese = "(?<![不非]|排除)(?:答案|选择?项?)[应该为是选]{0,3} ?:? ?";
const judged = "is (?:the )?(?:correct|right|best|most (?:likely|appropriate)|answer)";
const connective =
  "(?:because|since|as|is|was|with|due|given|which|and|or|but|seems|rather|instead|not)(?![\\p{L}\\p{N}])";

/** What may follow a stated label, so that "the answer is a nodule" states none. */
const stop = new RegExp(`^["'”’)\\]]*(?:$|\\n| ?[.,;:!?。、–—/-]| ${connective}|\\p{Script=Han})`, "u");
const rejected =
  /^["'”’).:\]]*(?: (?:is|was|are|seems|looks|can(?: be)?|could be|cannot(?: be)?)(?: clearly| definitely)? (?:not|incorrect|wrong|false|unlikely|less likely|excluded|ruled out)|是?(?:错|不))/i;

/** What goes on behind a single letter and a comma, so that it is a label. */
const reasoned = /^ (?:not|rather|instead|because|since|given|due)(?!\p{L})/u;

export function createLabelReaders(options: readonly Option[]): LabelReaders {
  const names = options.map(({ label }) => label.trim()).sort((a, b) => b.length - a.length);
  const bareName = `(?:${names.map(escapePattern).join("|")})`;
  const anyName = `${bareName}(?![\\p{L}\\p{N}])`;
  const name = `(?<name>${anyName})`;
  const other = `["'(]*(?:option )?["'(]*(?<name>${anyName})`;
  const alternative = new RegExp(
    `^["')\\].]*(?: ?[/&和或与及、] ?|,? (?:or|and) (?:(?:possibly|perhaps|maybe|even|also) )?|, ?(?=${anyName}(?:$|[.,;)\\n]| or | and )))${other}`,
    "dgu",
  );
  const patterns = {
    whole: new RegExp(`^["'“([【「『\\s]*${name}["'”)\\]】」』.:,;!。、\\s]*$`, "dgiu"),
    boxed: new RegExp(
      `\\\\boxed ?\\{ ?(?:\\\\\\w{1,8} ?\\{ ?)?["'(]?${name}(?=["')]?[.:]? ?\\}|["')]?[.:)] )`,
      "dgiu",
    ),
    stated: new RegExp(`${denied}${keyword}${link} ?[:=]?${link}\\s?["'“([]*${name}`, "dgiu"),
    chinese: new RegExp(`${chinese}["'“([【「]*(?<name>${bareName})(?![\\p{Script=Latin}\\p{N}])`, "dgu"),
    subject: new RegExp(
      `(?:^|[.;:!?\\n] ?|(?:so|that|thus|therefore|hence),? )["'(]?${name}(?=["')]? ${judged})`,
      "dgu",
    ),
    leading: new RegExp(
      `^(?:[-•>] )?["'“([]*${name}(?:["'”)\\]]*[.:)\\]]+(?=[\\s\\p{Lu}]|$)| [-–—](?= )|,(?= )|$)`,
      "dgimu",
    ),
    listed: new RegExp(`^.{0,200}?[,;|] ?["'(]*${name}["')]*:`, "dgu"),
    parenthesized: new RegExp(`(?<!${denial} (?:the )?)\\(${name}\\)`, "dgu"),
  };

  /** The label and any other that the text offers in the same breath: "B or C". */
  const withAlternative = (found: Found, text: string) => [
    found.name,
    ...search(text.slice(found.end, found.end + 40), alternative).map((second) => second.name),
  ];
  const stated = (text: string) =>
    [...search(text, patterns.stated), ...search(text, patterns.chinese)].filter((found) => {
      const rest = text.slice(found.end, found.end + 40);
      if (rejected.test(rest)) return false;
      return stop.test(rest) || ownText(found, options).some((own) => startsWith(text, own, found.end + 1));
    });
  const spelled = (found: readonly string[]) => found.flatMap((one) => spell(one, options));

  return {
    whole: (text) => spelled(search(text, patterns.whole).map((found) => found.name)),
    boxed: (text) => spelled(search(text.replace(/\s+/g, " "), patterns.boxed).map((found) => found.name)),
    stated: (text) =>
      spelled(
        [...stated(text), ...search(text, patterns.subject)].flatMap((found) => withAlternative(found, text)),
      ),
    leading: (text) =>
      search(text, patterns.leading)
        .filter((found) => labelsItsLine(found, text, options))
        .flatMap((found) => [
          ...spelled(withAlternative(found, text)),
          ...spelled(
            search(text.slice(found.end, found.end + 240), patterns.listed).map((other) => other.name),
          ),
          ...contradicting(found, text, options),
        ]),
    parenthesized: (text) =>
      spelled(search(text, patterns.parenthesized).map((found) => found.name)).filter((label) =>
        /\p{L}/u.test(label),
      ),
  };
}

function search(text: string, pattern: RegExp): Found[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const [start, end] = match.indices?.groups?.name ?? [match.index, match.index];
    return { name: match.groups?.name ?? "", start, end, after: match.index + match[0].length };
  });
}

/** The option's own spelling of a label: the exact one, else the only one that differs in case alone. */
function spell(name: string, options: readonly Option[]): string[] {
  const exact = options.find(({ label }) => label.trim() === name);
  if (exact !== undefined) return [exact.label];
  return options
    .filter(({ label }) => label.trim().toLowerCase() === name.toLowerCase())
    .map(({ label }) => label);
}

function ownText(found: Found, options: readonly Option[]): string[] {
  const own = spell(found.name, options);
  return options.filter(({ label }) => own.includes(label)).map(({ text }) => comparable(text));
}

function startsWith(text: string, wanted: string, offset: number): boolean {
  return wanted !== "" && text.slice(offset, offset + wanted.length).toLowerCase() === wanted;
}

/** Not so where the line begins with another option's text ("E. coli"), denies the label, or goes on like a word ("C. difficile"). */
function labelsItsLine(found: Found, text: string, options: readonly Option[]): boolean {
  const own = spell(found.name, options);
  const delimiter = text.slice(found.end, found.after);
  const rest = text.slice(found.after, found.after + 200);
  if (rejected.test(rest)) return false;
  if (options.some((option) => !own.includes(option.label) && startsLonger(text, option.text, found)))
    return false;
  if (delimiter.startsWith(",")) return found.name.length > 1 || reasoned.test(rest);
  if (/[–—-]/.test(delimiter)) return own.includes(found.name);
  if (found.name.length > 1 || delimiter !== "." || !/^ \p{Ll}/u.test(rest)) return true;
  const words = new Set(ownText(found, options).flatMap((one) => one.split(/[^\p{L}\p{N}]+/u)));
  const line = rest.split("\n", 1)[0]!.toLowerCase();
  return (
    new RegExp(`^ ${connective}`, "u").test(rest) ||
    line.split(/[^\p{L}\p{N}]+/u).some((word) => word !== "" && words.has(word)) ||
    options.some((option) => comparable(option.text) === comparable(line))
  );
}

function startsLonger(text: string, optionText: string, found: Found): boolean {
  const wanted = comparable(optionText);
  return wanted.length > found.name.length && startsWith(text, wanted, found.start);
}

/** The labels of other options whose text is all that follows the label: "B. Pneumonia" where pneumonia is C. */
function contradicting(found: Found, text: string, options: readonly Option[]): string[] {
  const longest = Math.max(...options.map((option) => option.text.length));
  const line = comparable(text.slice(found.after, found.after + longest + 40).split("\n", 1)[0]!);
  if (line === "" || ownText(found, options).includes(line)) return [];
  return options.filter((option) => comparable(option.text) === line).map(({ label }) => label);
}
