/** Signs that pass for a sign of ASCII to a reader and that no normal form of Unicode brings back to it. */
const resembling: Record<string, string> = {
  "<": "〈⟨〈❮❰˂",
  "/": "∕⁄╱⧸",
  "|": "∣ǀ│❘",
  ":": "꞉ː∶",
  _: "▁",
  a: "аαᴀ",
  b: "вβʙ",
  c: "сϲᴄ",
  d: "ԁᴅ",
  e: "еεᴇ",
  g: "ɡɢ",
  h: "һнʜ",
  i: "іιıɪ",
  j: "јᴊ",
  k: "кκᴋ",
  l: "ʟӏ",
  m: "мᴍ",
  n: "ηɴпո",
  o: "оοᴏօ",
  p: "рρᴘ",
  q: "ԛ",
  r: "гʀ",
  s: "ѕꜱ",
  t: "тτᴛ",
  u: "υᴜս",
  v: "νѵᴠ",
  w: "ԝωᴡ",
  x: "хχ",
  y: "уγʏ",
  z: "ᴢ",
};

const asciiOf = new Map(
  Object.entries(resembling).flatMap(([ascii, signs]) => [...signs].map((sign) => [sign, ascii] as const)),
);

/** A text as its signs look, in ASCII where they look like it; `places[n]` is where the nth stands in the text itself. */
export type Shape = { text: string; places: readonly number[] };

/** Wide, mathematical and accented letters, those of other scripts that look alike, and no combining marks. Case is kept where it is known. */
export function shapeOf(text: string): Shape {
  let shape = "";
  const places: number[] = [];
  let place = 0;
  for (const sign of text) {
    const seen = sign.charCodeAt(0) < 128 ? sign : look(sign);
    for (let unit = 0; unit < seen.length; unit++) places.push(place);
    shape += seen;
    place += sign.length;
  }
  places.push(place);
  return { text: shape, places };
}

const remembered = new Map<string, string>();
const mostRemembered = 20_000;

function look(sign: string): string {
  const known = remembered.get(sign);
  if (known !== undefined) return known;
  const plain = sign.normalize("NFKD").replace(/\p{M}/gu, "");
  const first = String.fromCodePoint(plain.codePointAt(0) ?? 0);
  const resembled = asciiOf.get(first) ?? asciiOf.get(first.toLowerCase());
  const seen = plain === "" ? "" : (resembled ?? (first < "\u0080" ? first : sign));
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(sign, seen);
  return seen;
}
