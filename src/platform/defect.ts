/** Writes a defect of the product to stderr, with its trace. What others are told of it holds neither. */
export function reportDefect(error: unknown): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`medrounds: ${trace}\n`);
}
