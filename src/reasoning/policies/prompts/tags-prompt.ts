import type { Grammar } from "#transcript";
import type { RoundState } from "../../policy.ts";
import { tools } from "../../tools/list.ts";
import { showInput } from "../show-input.ts";

/** What a model that speaks tags is told first. A preset of the grammar of the same name. */
export type TagsPrompt = {
  grammar: string;
  /** What to do with images, where there are some. */
  images: string;
  /** {images} stands for that, {steps} for the most steps with a query, {tools} for what else can be asked. */
  system: string;
  /** Introduces {tools}, a line each; empty where the grammar cannot name a tool. */
  tools: string;
};

/** The system prompt of a round; the same at training and at inference. */
export function renderSystem(
  prompt: TagsPrompt,
  {
    images,
    limits,
    tools: offered,
    toolNotes = {},
  }: Pick<RoundState, "images" | "limits" | "tools" | "toolNotes">,
  { tags }: Grammar,
): string {
  const hasImages = images.length > 0;
  const others = Object.values(tools)
    .filter(({ name }) => offered.includes(name) && name !== "search_passages")
    .filter(({ name }) => hasImages || name !== "find_similar_cases")
    .map(({ name, description, inputSchema }) => {
      const opening = tags.query.open.replace(">", ` tool="${name}">`);
      const note = toolNotes[name] ? `\n${toolNotes[name]}` : "";
      return `- ${opening}${showInput(inputSchema)}${tags.query.close} ${description}${note}\n`;
    });
  const values: Record<string, string> = {
    images: hasImages ? `${prompt.images} ` : "",
    steps: String(Math.min(limits.steps, limits.queries)),
    tools: prompt.tools === "" || others.length === 0 ? "" : `${prompt.tools}\n${others.join("")}`,
  };
  return prompt.system.replace(/\{(images|steps|tools)\}/g, (_, name: string) => values[name]!);
}
