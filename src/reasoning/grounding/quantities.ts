/** A number of a text in the base unit of its dimension; without a unit, `dimension` is null. */
export type Quantity = {
  value: number;
  /** As it is written, whatever its unit. */
  written: number;
  dimension: string | null;
  bound: "above" | "below" | null;
  /** A count or rank in words; it speaks against a text only where that has another one. */
  inWords: "count" | "rank" | null;
};

/** Names of each unit, its dimension and how much of the dimension's base unit it is. */
const units: readonly [string, string, number][] = [
  ["mg|milligrams?", "mass", 1],
  ["g|grams?", "mass", 1e3],
  ["kg|kilograms?|kilos?", "mass", 1e6],
  ["mcg|[µμ]g|ug|micrograms?", "mass", 1e-3],
  ["ng|nanograms?", "mass", 1e-6],
  ["mm|millimet(?:er|re)s?", "length", 1],
  ["cm|centimet(?:er|re)s?", "length", 10],
  ["m|met(?:er|re)s?", "length", 1e3],
  ["ml|millilit(?:er|re)s?|cc", "volume", 1],
  ["dl|decilit(?:er|re)s?", "volume", 100],
  ["l|lit(?:er|re)s?", "volume", 1e3],
  ["seconds?|secs?|s", "time", 1 / 60],
  ["minutes?|mins?", "time", 1],
  ["hours?|hrs?|h", "time", 60],
  ["days?|d", "time", 1440],
  ["weeks?|wks?", "time", 10_080],
  ["months?", "time", 43_800],
  ["years?|yrs?", "time", 525_600],
  ["%|percent|per cent", "share", 0.01],
  ["mmhg", "pressure", 1],
  ["bpm|beats(?: per minute| a minute)?", "rate", 1],
  ["mmol|millimoles?", "amount", 1],
  ["[µμ]mol|micromoles?", "amount", 1e-3],
  ["mol|moles?", "amount", 1e3],
  ["iu|international units?|units?", "units", 1],
  ["meq", "equivalents", 1],
  ["mgy", "dose", 1],
  ["gy", "dose", 1e3],
  ["msv", "dose equivalent", 1],
  ["°\\s*c|degrees? c(?:elsius)?|celsius", "temperature", 1],
  ["°|degrees?", "angle", 1],
  ["kvp?", "voltage", 1],
];
const unitNames = units.map(([names]) => names).join("|");
const unitPatterns = units.map(([names, ...unit]) => [new RegExp(`^(?:${names})$`, "iu"), ...unit] as const);

const amount = new RegExp(
  `(?<![\\p{L}\\d.]|\\p{L}-|\\d,)(\\d+(?:,\\d{3})*(?:\\.\\d+)?|\\.\\d+)(st|nd|rd|th)?(?!\\d)` +
    `(?:[\\s-]*(${unitNames})(?![\\p{L}\\d])(?:(?:\\s*/\\s*|\\s+(?:per|a|an|each|every|once a)\\s+)(${unitNames})(?![\\p{L}\\d])|\\s*(?:once )?(daily|hourly|weekly)\\b)?)?`,
  "giu",
);
/** "5 to 10 mg", "140/90 mmHg", "2 × 3 cm": the unit is that of both. */
const listed = /^\s*(?:-|–|to|and|or|\/|×|x|by|,(?:\s*(?:and|or))?)\s*$/i;

const adverbs: Record<string, string> = { daily: "day", hourly: "hour", weekly: "week" };

const counts = "zero,,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve".split(",");
const ranks = ",first,second,third,fourth,fifth,sixth,seventh,eighth".split(",");
const inWords = new RegExp(
  `\\b(?:${[...counts, ...ranks].filter((word) => word !== "").join("|")}|half)\\b`,
  "giu",
);
const roman = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
const staged = /\b(?:stage|grade|type|class|category|phase|factor|group|nerve)\s+([ivx]{1,4})(?:[ab])?\b/giu;

const above =
  /(?:above|over|(?:greater|more|higher|older|longer|larger) than|at least|exceed(?:s|ing)?|minimum of|≥|>=?)\s*(?:the\s)?$/i;
const below =
  /(?:below|under|(?:less|fewer|lower|younger|shorter|smaller) than|at most|up to|maximum of|≤|<=?)\s*(?:the\s)?$/i;

/** The numbers of a text with their units. A digit within a name ("COVID-19", "T2") is none. */
export function readQuantities(text: string): Quantity[] {
  const found = Array.from(text.matchAll(amount), (match) => {
    const [whole, digits = "", rank, unit, per, often] = match;
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    const scale = unit === undefined ? null : scaleOf(unit, per ?? adverbs[often?.toLowerCase() ?? ""]);
    return {
      start: match.index,
      end: match.index + whole.length,
      number: Number(digits.replaceAll(",", "")),
      scale,
      rank: rank !== undefined,
      bound: above.test(before) ? ("above" as const) : below.test(before) ? ("below" as const) : null,
    };
  });
  for (let index = found.length - 2; index >= 0; index--) {
    const one = found[index]!;
    const next = found[index + 1]!;
    if (one.scale === null && listed.test(text.slice(one.end, next.start))) one.scale = next.scale;
  }
  return [
    ...found.map(({ number: written, scale, bound, rank }): Quantity => {
      const value = written * (scale?.factor ?? 1);
      return { value, written, dimension: scale?.dimension ?? null, bound, inWords: rank ? "rank" : null };
    }),
    ...readWords(text),
  ];
}

function scaleOf(unit: string, per: string | undefined): { dimension: string; factor: number } | null {
  const [, dimension, factor] = unitPatterns.find(([pattern]) => pattern.test(unit)) ?? [];
  if (dimension === undefined || factor === undefined) return null;
  const under = per === undefined ? null : scaleOf(per, undefined);
  if (!under) return { dimension, factor };
  return { dimension: `${dimension}/${under.dimension}`, factor: factor / under.factor };
}

const bare = { dimension: null, bound: null } as const;

function readWords(text: string): Quantity[] {
  const numbers = Array.from(text.matchAll(inWords), ([word]): Quantity => {
    const said = word.toLowerCase();
    const rank = ranks.indexOf(said);
    const value = said === "half" ? 0.5 : rank > 0 ? rank : counts.indexOf(said);
    return { ...bare, value, written: value, inWords: rank > 0 ? "rank" : "count" };
  });
  const stages = Array.from(text.matchAll(staged), ([, numeral = ""]) =>
    roman.indexOf(numeral.toLowerCase()),
  );
  return [
    ...numbers,
    ...stages
      .filter((value) => value > 0)
      .map((value): Quantity => ({ ...bare, value, written: value, inWords: null })),
  ];
}

/**
 * Whether every number of a claim stands in the evidence, with the same unit or one of the same dimension ("0.5 g" is "500 mg"), and
 * none as the opposite bound. With `anyUnit` a bare number of the evidence may have any unit, as in a table's cell.
 */
export function quantitiesAgree(
  claim: readonly Quantity[],
  evidence: readonly Quantity[],
  { anyUnit = false }: { anyUnit?: boolean } = {},
): boolean {
  return claim.every((wanted) => {
    if (evidence.some((given) => isSame(wanted, given, anyUnit))) return true;
    return wanted.inWords !== null && !evidence.some((given) => speaksAgainst(wanted, given));
  });
}

function isSame(wanted: Quantity, given: Quantity, anyUnit: boolean): boolean {
  if (wanted.inWords === "rank" || given.inWords === "rank") {
    return wanted.inWords === given.inWords && wanted.value === given.value;
  }
  const sameUnit =
    wanted.dimension === given.dimension ||
    (anyUnit && given.dimension === null) ||
    (isShare(wanted) && isShare(given));
  const opposite = wanted.bound !== null && given.bound !== null && wanted.bound !== given.bound;
  const wantedValue = anyUnit && given.dimension === null ? wanted.written : wanted.value;
  return sameUnit && !opposite && isNear(wantedValue, given.value);
}

/** One half and 50 % are the same. */
function isShare({ dimension, value }: Quantity): boolean {
  return dimension === "share" || (dimension === null && value > 0 && value <= 1);
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}

function speaksAgainst(wanted: Quantity, given: Quantity): boolean {
  return wanted.inWords === "rank"
    ? given.inWords === "rank"
    : given.dimension === null && given.inWords !== "rank";
}
