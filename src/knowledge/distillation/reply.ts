import { z } from "zod";
import { parseJson } from "#platform";
import { type KnowledgeKind, type KnowledgeSentences, knowledgeKinds } from "./kinds.ts";

const triesInText = 16;

/** One text in the place of a list is a list of one. */
const sentenceList = z
  .union([z.array(z.string()), z.string().transform((text) => [text])])
  .nullish()
  .transform((list) => list ?? []);

const replySchema = z
  .record(z.string(), z.unknown())
  .refine((reply) => knowledgeKinds.some((kind) => kind in reply), "none of the four keys is there")
  .pipe(
    z.object(
      Object.fromEntries(knowledgeKinds.map((kind) => [kind, sentenceList])) as Record<
        KnowledgeKind,
        typeof sentenceList
      >,
    ),
  );

/** What a reply holds, or what is wrong with it, in words for the model. */
export type Reply =
  | { type: "sentences"; sentences: KnowledgeSentences }
  | { type: "refused"; problem: string };

/**
 * Reads the JSON object of a model's reply. Forgives a code fence, text around the object, thoughts before it, a missing or null
 * key, and keys too many; nothing else. The text is data: no part of it is run.
 */
export function parseReply(text: string): Reply {
  const said = text.replace(/^[\s\S]*<\/think>/, "");
  let problem = "there is no JSON object in it, or it is not complete";
  for (const value of objectsIn(said)) {
    const read = replySchema.safeParse(value);
    if (read.success) return { type: "sentences", sentences: read.data };
    const [issue] = read.error.issues;
    problem = [issue?.path.join("."), issue?.message].filter(Boolean).join(": ");
  }
  return { type: "refused", problem };
}

/** Objects that begin at one of the first braces and end with their own. */
function* objectsIn(text: string): Generator<unknown> {
  let start = text.indexOf("{");
  for (let tries = 0; start !== -1 && tries < triesInText; tries++) {
    const end = endOfObject(text, start);
    const value = end === -1 ? undefined : parseJson(text.slice(start, end));
    if (value !== undefined) yield value;
    start = text.indexOf("{", value === undefined ? start + 1 : end);
  }
}

/** Behind the brace that closes the one at `start`; −1 where none does. Braces in strings don't count. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return index + 1;
  }
  return -1;
}
