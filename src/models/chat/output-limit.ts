import { MedRoundsError } from "#contracts";

/** The longest reply where no limit is asked for, in tokens. */
const defaultMost = 32_768;
/** Servers may split a token over pieces of the stream: a character of several bytes, a word at a tag. */
const slack = { factor: 1.25, pieces: 32 };
/** No tokenizer in use has longer tokens on average over a text. */
const charactersPerToken = 64;

/**
 * Ends a reply that runs on after the number of tokens that it was asked to keep to. A piece of a stream is a token or more, so that
 * pieces are counted, and characters where a piece is a whole text. `count` throws `reply-too-long`.
 */
export function createOutputLimit({
  most = defaultMost,
  endpoint,
}: {
  most?: number | undefined;
  endpoint: string;
}): { count(text: string): void } {
  const mostPieces = most * slack.factor + slack.pieces;
  let pieces = 0;
  let characters = 0;
  return {
    count(text) {
      pieces += 1;
      characters += text.length;
      if (pieces <= mostPieces && characters <= mostPieces * charactersPerToken) return;
      throw new MedRoundsError(
        "reply-too-long",
        `The model server at ${endpoint} sent more than the ${most} tokens that a reply may have.`,
        { endpoint, most },
      );
    },
  };
}
