import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { DataSetFormat } from "../src/evaluation/data-sets/data-set-format.ts";
import { dataSetFormats } from "../src/evaluation/data-sets/formats/list.ts";
import { projectRoot } from "./support/run-cli.ts";

const folder = join(projectRoot, "src/evaluation/data-sets/formats");

/** What the comment above each format says of its files, by the format's name. */
async function readComments(): Promise<Map<string, string>> {
  const comments = new Map<string, string>();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".ts"))) {
    const source = await readFile(join(folder, file), "utf8");
    const found = /\/\*\*((?:(?!\*\/).)*)\*\/\s*export const \w+: DataSetFormat = \{\s*name: "([^"]+)"/s.exec(
      source,
    );
    if (found) comments.set(found[2]!, toMarkdown(found[1]!));
  }
  return comments;
}

/** Its paragraphs on a line each; a list stays one. */
function toMarkdown(comment: string): string {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trim());
  return lines
    .join("\n")
    .trim()
    .replace(/\n(?!\n|- )(?<!\n\n)/g, " ")
    .replace(/:\n- /, ":\n\n- ");
}

it("lists every form of data sets with its card (npx vitest run test/data-sets-guide.test.ts -u writes it)", async () => {
  const comments = await readComments();
  const tell = ({ name, card }: DataSetFormat) => [
    `## ${card.title}`,
    "",
    `\`format: ${name}\``,
    "",
    comments.get(name) ?? expect.fail(`No comment says what files ${name} reads.`),
    "",
    `- License: ${card.license}`,
    `- Source: ${card.source}`,
    `- Splits: ${card.splits}`,
    `- Contamination: ${card.contamination}`,
    "",
  ];
  const document = [
    "# Data sets",
    "",
    "The published forms of data sets that a [suite](guides/evaluate-answers.md) reads, from the files as their publishers give them. MedRounds brings none of them along and downloads none.",
    "",
    "Which form a file or folder has is found out by its first rows; where several fit, or none, name it with `format`. A row that can't be read is refused and listed with its reason, and the others are asked. `split` names the part that is asked about; `valid`, `val` and `validate` are `validation`. Samples stand together in a resample by patient, else by slide, else by what the form below says, as an article.",
    "",
    "| Data set | `format` | License |",
    "| --- | --- | --- |",
    ...dataSetFormats.map(({ name, card }) => `| ${card.title} | \`${name}\` | ${card.license} |`),
    "",
    ...dataSetFormats.flatMap(tell),
  ];
  await expect(`${document.join("\n").trimEnd()}\n`).toMatchFileSnapshot(
    join(projectRoot, "docs/data-sets.md"),
  );
});
