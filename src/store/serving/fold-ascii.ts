/** Letters that Unicode does not take apart. */
const folded = new Map(
  Object.entries({
    ß: "ss",
    ẞ: "SS",
    Æ: "AE",
    æ: "ae",
    Œ: "OE",
    œ: "oe",
    Ø: "O",
    ø: "o",
    Ł: "L",
    ł: "l",
    Đ: "D",
    Ð: "D",
    đ: "d",
    ð: "d",
    Þ: "TH",
    þ: "th",
    Ħ: "H",
    ħ: "h",
    Ŧ: "T",
    ŧ: "t",
    Ŋ: "N",
    ŋ: "n",
    ı: "i",
    ĸ: "k",
    ſ: "s",
  }),
);

/** The text in ASCII where Unicode's compatibility decomposition gives it, as LanceDB folds it; other letters as they are. */
export function foldToAscii(text: string): string {
  return Array.from(text, (letter) => foldLetter(letter)).join("");
}

function foldLetter(letter: string): string {
  if (isAscii(letter)) return letter;
  const direct = folded.get(letter);
  if (direct !== undefined) return direct;
  let result = "";
  for (const part of letter.normalize("NFKD")) result += isAscii(part) ? part : (folded.get(part) ?? "");
  return result === "" ? letter : result;
}

function isAscii(letter: string): boolean {
  return letter.charCodeAt(0) < 128;
}
