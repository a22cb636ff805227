import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokenize, type Tokenizer } from "./tokenize.ts";

/** One token a letter; the template of RoBERTa, whose segments are all 0, or that of BERT. */
function tokenizerOf(kind: "bert" | "roberta"): Tokenizer {
  return (text, { text_pair: pair, add_special_tokens: isSpecial }) => {
    const ids = (part: string) => [...part].map((letter) => letter.charCodeAt(0));
    if (!isSpecial) return { input_ids: ids(text) };
    const between = kind === "bert" ? [2] : [2, 2];
    const second = pair == null ? [] : [...between, ...ids(pair)];
    const inputIds = [1, ...ids(text), ...second, 2];
    if (kind === "roberta") return { input_ids: inputIds };
    const head = ids(text).length + 2;
    return { input_ids: inputIds, token_type_ids: inputIds.map((_, at) => (at < head ? 0 : 1)) };
  };
}

const texts = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 40 });

describe("tokenizing", () => {
  it.each(["bert", "roberta"] as const)("is that of the tokenizer where nothing is cut (%s)", (kind) => {
    const tokenizer = tokenizerOf(kind);
    const tokenize = createTokenize(tokenizer);
    fc.assert(
      fc.property(texts, fc.option(texts, { nil: undefined }), (text, pair) => {
        const whole = tokenizer(text, {
          text_pair: pair ?? null,
          add_special_tokens: true,
          return_tensor: false,
          return_token_type_ids: true,
        });
        const found = tokenize({ text, ...(pair !== undefined && { pair }) }, 100);
        expect(found.ids).toEqual(whole.input_ids);
        if (kind === "bert" && pair !== undefined) expect(found.segments).toEqual(whole.token_type_ids);
        else expect(found.segments.every((segment) => segment === 0)).toBe(true);
      }),
    );
  });

  it("never gives more tokens than it may, and keeps as much of a pair as fits", () => {
    const tokenize = createTokenize(tokenizerOf("bert"));
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 3, max: 60 }), (text, pair, limit) => {
        const { ids, segments } = tokenize({ text, pair }, limit);
        expect(ids.length).toBe(Math.min(limit, text.length + pair.length + 3));
        expect(segments).toHaveLength(ids.length);
        expect(ids.at(-1)).toBe(2);
      }),
    );
  });

  it.each([
    ["aa", "bbbbbbbb", 9, "1aa2bbbb2"],
    ["aaaaaaaa", "bb", 9, "1aaaa2bb2"],
    ["aaaaaaaa", "bbbbbbbbb", 10, "1aaa2bbbb2"],
    ["aaaaaaaaa", "bbbbbbbb", 10, "1aaaa2bbb2"],
  ])("cuts the longer of %s and %s first", (text, pair, limit, wanted) => {
    const { ids } = createTokenize(tokenizerOf("bert"))({ text, pair }, limit);
    expect(ids.map((id) => (id < 10 ? String(id) : String.fromCharCode(id))).join("")).toBe(wanted);
  });
});
