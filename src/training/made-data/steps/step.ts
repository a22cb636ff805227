/** A step of reasoning: what is looked at, and what is seen. */
export type Step = { title: string; text: string };

/**
 * Steps as cxr-10k-reasoning writes them: blocks of "Step N: what is done", a line break and what is seen, a blank line between blocks.
 */
export function renderSteps(steps: readonly Step[]): string {
  return steps.map(({ title, text }, index) => `Step ${index + 1}: ${title}\n${text}`).join("\n\n");
}

const heading = /^Step \d+: (?<title>.+)$/;

/** The steps of a text that `renderSteps` wrote; undefined for any other. */
export function parseSteps(reasoning: string): Step[] | undefined {
  const steps: Step[] = [];
  for (const line of reasoning.split("\n")) {
    const title = heading.exec(line)?.groups?.title;
    const last = steps.at(-1);
    if (title !== undefined) steps.push({ title, text: "" });
    else if (last) last.text += `${line}\n`;
    else return undefined;
  }
  const read = steps.map(({ title, text }) => ({ title, text: text.trim() }));
  return read.length > 0 && read.every(({ text }) => text !== "") ? read : undefined;
}
