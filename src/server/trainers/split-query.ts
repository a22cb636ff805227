/** What begins the assistant's turn: ChatML, Llama 3, Llama 2, Gemma, Phi, and R1-Searcher's plain prompt. */
const turns = [
  "<|im_start|>assistant",
  "<|start_header_id|>assistant<|end_header_id|>",
  "[/INST]",
  "<start_of_turn>model",
  "<|assistant|>",
  "\nAssistant:",
];
/** What ends a text: `<|im_end|>`, `<|endoftext|>`, `<|eot_id|>`, `</s>`, `<eos>`, `<end_of_turn>`. */
const endToken = /(?:<\|(?:im_end|endoftext|eot_id|end|end_of_text)\|>|<\/s>|<eos>|<end_of_turn>|<pad>)\s*$/;

/**
 * The completion within prompt and completion as one text: behind the prompt where that is known, else behind the first beginning of the
 * assistant's turn that follows the question, so that what a model writes moves nothing. Tokens that end a text are cut.
 */
export function completionOf(text: string, { prompt, from }: { prompt?: string; from: number }): string {
  if (prompt !== undefined && text.startsWith(prompt)) return withoutEnd(text.slice(prompt.length));
  const begins = turns
    .map((turn) => ({ at: text.indexOf(turn, from), length: turn.length }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
  return withoutEnd(text.slice(begins === undefined ? from : begins.at + begins.length));
}

/** A text without the tokens that end it, however often they stand there. */
export function withoutEnd(text: string): string {
  let end = text.length;
  for (;;) {
    const tail = text.slice(Math.max(0, end - 200), end);
    const found = endToken.exec(tail);
    if (!found) return text.slice(0, end);
    end -= tail.length - found.index;
  }
}
