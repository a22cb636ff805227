import type { ReadTrajectory } from "../read-trajectory.ts";

const longestRead = 64_000;
const shortestOption = 8;

/** The text of thoughts and answer. What stands word for word in an option is the question's text and left out. */
export function spokenText({
  thoughts,
  answer,
  options,
}: Pick<ReadTrajectory, "thoughts" | "answer" | "options">): string {
  let text = [...thoughts, answer ?? ""].join("\n\n").slice(0, longestRead);
  for (const option of options) {
    if (option.text.length >= shortestOption) text = text.replaceAll(option.text, `option ${option.label}`);
  }
  return text;
}
