import type { EncoderText } from "../families/family.ts";

/** What a tokenizer of Transformers.js does here: ids without and with the special tokens of its template. */
export type Tokenizer = (
  text: string,
  options: {
    text_pair?: string | null;
    add_special_tokens: boolean;
    return_tensor: false;
    return_token_type_ids: true;
  },
) => { input_ids: number[]; token_type_ids?: number[] };

export type TokenizedText = { ids: readonly number[]; segments: readonly number[] };

/** Tokenizes texts of at most `maxTokens` tokens, special tokens included. */
export type Tokenize = (text: EncoderText, maxTokens: number) => TokenizedText;

/**
 * Cuts as Hugging Face's tokenizers do, which Transformers.js does not: the special tokens after the text stay, and of a pair the
 * longer one is cut first. The template is read off a short text, since each tokenizer has its own.
 */
export function createTokenize(tokenizer: Tokenizer): Tokenize {
  const encode = (text: string, pair: string | null, special: boolean) =>
    tokenizer(text, {
      text_pair: pair,
      add_special_tokens: special,
      return_tensor: false,
      return_token_type_ids: true,
    });
  const idsOf = (text: string) => encode(text, null, false).input_ids;
  const sample = idsOf(sampleText);
  const single = readTemplate(encode(sampleText, null, true), [sample]);
  const double = readTemplate(encode(sampleText, sampleText, true), [sample, sample]);
  return ({ text, pair }, maxTokens) => {
    const texts = pair === undefined ? [idsOf(text)] : [idsOf(text), idsOf(pair)];
    const { special, segments: textSegments } = pair === undefined ? single : double;
    const room = maxTokens - special.reduce((sum, { ids }) => sum + ids.length, 0);
    const cut = cutLongest(texts, Math.max(0, room));
    const pieces = special.flatMap((piece, place) => {
      const ids = cut[place] ?? [];
      return [piece, { ids, segments: ids.map(() => textSegments[place] ?? 0) }];
    });
    return {
      ids: pieces.flatMap(({ ids }) => ids),
      segments: pieces.flatMap(({ segments }) => segments),
    };
  };
}

const sampleText = "a";

/** The special tokens before each text and after the last, and the segment that each text is. */
type Template = { special: TokenizedText[]; segments: number[] };

function readTemplate(
  whole: { input_ids: number[]; token_type_ids?: number[] },
  texts: readonly (readonly number[])[],
): Template {
  const { input_ids: ids, token_type_ids: segments = ids.map(() => 0) } = whole;
  const template: Template = { special: [], segments: [] };
  let at = 0;
  for (const text of texts) {
    const start = indexOf(ids, text, at);
    template.special.push({ ids: ids.slice(at, start), segments: segments.slice(at, start) });
    template.segments.push(segments[start] ?? 0);
    at = start + text.length;
  }
  template.special.push({ ids: ids.slice(at), segments: segments.slice(at) });
  return template;
}

function indexOf(ids: readonly number[], inner: readonly number[], from: number): number {
  for (let start = from; start + inner.length <= ids.length; start++) {
    if (inner.every((id, index) => ids[start + index] === id)) return start;
  }
  return ids.length;
}

/** "Longest first" of Hugging Face's tokenizers. */
function cutLongest(parts: readonly (readonly number[])[], room: number): (readonly number[])[] {
  const [first = [], second] = parts;
  if (second === undefined) return [first.slice(0, room)];
  if (first.length + second.length <= room) return [first, second];
  const shorter = Math.min(first.length, second.length);
  const half = Math.floor(room / 2);
  const [small, large] = shorter <= half ? [shorter, room - shorter] : [half, room - half];
  return first.length <= second.length
    ? [first.slice(0, small), second.slice(0, large)]
    : [first.slice(0, large), second.slice(0, small)];
}
