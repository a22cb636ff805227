import { type ErrorCode, MedRoundsError } from "#contracts";

/** LanceDB tells what the system said in its message alone; the numbers are those of errno(3). */
const kinds: readonly { pattern: RegExp; code: ErrorCode; message: string }[] = [
  {
    pattern: /No space left|\(os error (28|122)\)/,
    code: "disk-full",
    message: "There is no space left to write the library's tables.",
  },
  {
    pattern: /Permission denied|Read-only file system|\(os error (1|13|30)\)/,
    code: "path-unwritable",
    message: "The library's tables can't be written.",
  },
  {
    pattern: /LanceError\(IO\)|[Nn]ot found|[Cc]orrupt|Invalid (range|format)/,
    code: "library-unreadable",
    message: "The library's tables are damaged or incomplete.",
  },
];

/** An error of LanceDB that comes from the disk or from damage to its files as one with a code; anything else as it is. */
function lanceError(error: unknown): unknown {
  if (MedRoundsError.is(error) || !(error instanceof Error)) return error;
  const kind = kinds.find(({ pattern }) => pattern.test(error.message));
  return kind ? new MedRoundsError(kind.code, kind.message, {}, { cause: error }) : error;
}

/** Does the work; what it throws is told as `lanceError` tells it. */
export async function withLanceErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw lanceError(error);
  }
}

/** The items as they come; what is thrown between them is told as `lanceError` tells it. */
export async function* scanWithLanceErrors<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    throw lanceError(error);
  }
}
