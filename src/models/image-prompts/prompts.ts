import templates from "./templates.json" with { type: "json" };

/** Kinds of images for which there are templates of prompts. */
export type PromptKind = keyof typeof templates;

/** Eight to ten sentences that an image of this kind could be described with, for the finding that a term names. */
export function promptsFor(term: string, kind: PromptKind): string[] {
  return templates[kind].map((template) => template.replace("{}", () => term.trim()));
}
