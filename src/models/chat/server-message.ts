import { parseJson } from "#platform";

const messageLimit = 300;
const readLimit = 65_536;

/**
 * What a server says in the body of a refusal: at most 300 characters on one line, without control characters.
 * Understands `{ error: { message } }`, `{ error }`, `{ message }` and `{ detail }`; any other body is taken as text.
 */
export async function readServerMessage(
  response: Response,
  redact: (text: string) => string,
): Promise<string> {
  const text = await readStart(response);
  return toOneLine(redact(messageIn(parseJson(text)) ?? text));
}

/** The message of an error object that a server sent inside a stream; empty where there is none. */
export function serverMessageIn(value: unknown, redact: (text: string) => string): string {
  return toOneLine(redact(messageIn(value) ?? ""));
}

function messageIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const { error, message, detail } = value as Record<string, unknown>;
  return messageIn(error ?? message ?? detail);
}

function toOneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, messageLimit)
    .toWellFormed();
}

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= readLimit) break;
    }
  } catch {
    // The status is known already; a message that breaks off is still a message.
  }
  return text;
}
