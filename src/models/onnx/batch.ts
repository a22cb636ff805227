import type { TokenizedText } from "./tokenize.ts";

/** Measured on two cores: larger batches are no faster, and hold the process longer. */
const tokensPerBatch = 2_048;

/** Texts of like length as the rows of one input, each with its place among the texts that were given. */
export type Batch = { places: readonly number[]; rows: readonly TokenizedText[]; tokens: number };

/** Sorted by length, so that there is little padding; at most 2,048 tokens with padding, or one text. */
export function toBatches(texts: readonly TokenizedText[]): Batch[] {
  const order = texts.map((_, place) => place).sort((a, b) => lengthOf(texts, a) - lengthOf(texts, b));
  const batches: Batch[] = [];
  let places: number[] = [];
  const close = () => {
    const rows = places.map((place) => texts[place] as TokenizedText);
    if (rows.length > 0) batches.push({ places, rows, tokens: rows.at(-1)?.ids.length ?? 0 });
    places = [];
  };
  for (const place of order) {
    if ((places.length + 1) * lengthOf(texts, place) > tokensPerBatch) close();
    places.push(place);
  }
  close();
  return batches;
}

function lengthOf(texts: readonly TokenizedText[], place: number): number {
  return texts[place]?.ids.length ?? 0;
}

/** Ids, attention mask and segments of a batch, [rows × tokens] each, padded at the end of each row. */
export function toInputs({ rows, tokens }: Batch, padding: number) {
  const size = rows.length * tokens;
  const ids = new BigInt64Array(size).fill(BigInt(padding));
  const mask = new BigInt64Array(size);
  const segments = new BigInt64Array(size);
  for (const [row, text] of rows.entries()) {
    for (const [column, id] of text.ids.entries()) {
      const at = row * tokens + column;
      ids[at] = BigInt(id);
      mask[at] = 1n;
      segments[at] = BigInt(text.segments[column] ?? 0);
    }
  }
  return { ids, mask, segments };
}
