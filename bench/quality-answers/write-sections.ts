import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const file = join(import.meta.dirname, "../../docs/quality-answers.md");

/** Puts each section's tables between the marks of its name, `<!-- name -->` and `<!-- /name -->`; what people wrote around them stays. */
export async function writeSections(sections: Readonly<Record<string, string>>): Promise<void> {
  let text = await readFile(file, "utf8");
  for (const [name, section] of Object.entries(sections)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
    if (start === -1 || stop < start) throw new Error(`docs/quality-answers.md has no place for ${name}.`);
    text = `${text.slice(0, start + begin.length)}\n\n${section}\n\n${text.slice(stop)}`;
  }
  await writeFile(file, text);
}
