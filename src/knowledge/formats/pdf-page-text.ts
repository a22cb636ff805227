/** A run of text on a page, as PDF.js gives it: `transform[5]` is its height above the page's lower border. */
type Item = { str: string; hasEOL: boolean; transform: number[]; height: number };

/** Lines as they stand on the page; a blank line where two stand further apart than lines of a paragraph do. */
export function pageText(items: readonly Item[]): string {
  let text = "";
  let line = "";
  let baseline: number | undefined;
  let height = 0;
  for (const item of items) {
    const y = item.transform[5] ?? 0;
    if (line.trim() === "" && item.str.trim() !== "") {
      const gap = baseline === undefined ? 0 : Math.abs(baseline - y);
      if (text !== "") text += gap > 1.7 * Math.max(height, item.height) ? "\n\n" : "\n";
      baseline = y;
      height = item.height;
    }
    line += item.str;
    if (!item.hasEOL) continue;
    text += line.trim() === "" ? "" : line.replace(/\s+/g, " ").trim();
    line = "";
  }
  text += line.replace(/\s+/g, " ").trim();
  return joinHyphens(text);
}

/** A word that is divided at the end of a line becomes whole again. */
function joinHyphens(text: string): string {
  return text.replace(/(\p{Ll}{2})[-\u00AD]\n(?=\p{Ll}{2})/gu, "$1");
}
