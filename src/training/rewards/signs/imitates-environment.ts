import { grammars } from "#transcript";
import type { ReadTrajectory } from "../read-trajectory.ts";

const longestRead = 64_000;
const tags = grammars
  .flatMap((grammar) => [grammar.tags.query, grammar.tags.retrieve])
  .flatMap(({ open, close }) => [open, close]);
const role =
  /^[ \t]*(?:\*\*|#+ )?(?:human|user|system|assistant|observation|environment|tool(?: (?:result|response|output))?|search results?|retrieved (?:documents?|passages?|evidence|results?))(?:\*\*)?[ \t]*:/im;
const chatMark =
  /<\|(?:im_start|im_end|eot_id|start_header_id|end_header_id|endoftext|tool)[^>]{0,20}\|?>|\[\/?INST\]|<\/?tool_(?:call|response)s?>/i;

/** Whether thought, query or answer writes what only the environment writes: tags of a search, roles of a chat. */
export function imitatesEnvironment({ segments }: ReadTrajectory): boolean {
  const own = segments.filter(({ origin, kind }) => origin === "model" && kind !== "retrieve");
  const text = own
    .map(({ content }) => content)
    .join("\n")
    .slice(0, longestRead);
  const lower = text.toLowerCase();
  return tags.some((tag) => lower.includes(tag)) || role.test(text) || chatMark.test(text);
}
