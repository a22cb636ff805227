import { createInterface } from "node:readline/promises";

/** Asks a yes-or-no question and resolves to whether the answer is yes; no answer at all is no. Throws the signal's reason. */
export async function confirm(request: {
  question: string;
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  signal: AbortSignal;
}): Promise<boolean> {
  const { question, input, output, signal } = request;
  const dialog = createInterface({ input, output });
  const left = new Promise<string>((resolve) => dialog.once("close", () => resolve("")));
  try {
    const answer = await Promise.race([dialog.question(`${question} [y/N] `, { signal }), left]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    dialog.close();
  }
}
