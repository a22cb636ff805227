/** Shows texts within JSON while it comes. */
export type ValueReader = {
  /** What is to be shown of the next piece of the reply; may be empty. */
  show(piece: string): string;
  /** Whether anything was shown. */
  readonly hasShown: boolean;
};

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "", f: "" };
const longestKey = 60;

/**
 * Reads the text values of some keys out of a JSON object that comes in pieces of any size, each with a line break behind it, and `before`
 * ahead of the first. For showing only: it takes whatever comes, and checks nothing.
 */
export function createValueReader(keys: readonly string[], { before = "" } = {}): ValueReader {
  let key = "";
  let last = "";
  let isValue = false;
  let inString = false;
  let escaped: string | undefined;
  let hasShown = false;

  const say = (text: string): string => {
    if (!isValue) {
      if (key.length < longestKey) key += text;
      return "";
    }
    if (!keys.includes(key)) return "";
    const shown = hasShown ? text : `${before}${text}`;
    hasShown = true;
    return shown;
  };
  const readEscape = (sign: string): string => {
    escaped += sign;
    if (escaped?.startsWith("u") && escaped.length < 5) return "";
    const code = escaped?.startsWith("u") ? Number.parseInt(escaped.slice(1), 16) : Number.NaN;
    escaped = undefined;
    return say(Number.isNaN(code) ? (escapes[sign] ?? sign) : String.fromCharCode(code));
  };
  const readInString = (sign: string): string => {
    if (escaped !== undefined) return readEscape(sign);
    if (sign === "\\") escaped = "";
    else if (sign === '"') {
      inString = false;
      last = sign;
      return isValue && hasShown && keys.includes(key) ? "\n" : "";
    } else return say(sign);
    return "";
  };
  const readBetween = (sign: string): string => {
    if (sign === '"') {
      inString = true;
      isValue = last === ":";
      if (!isValue) key = "";
    } else if (sign.trim() !== "") last = sign;
    return "";
  };
  return {
    show(piece) {
      let shown = "";
      for (const sign of piece) shown += inString ? readInString(sign) : readBetween(sign);
      return shown;
    },
    get hasShown() {
      return hasShown;
    },
  };
}
