import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { checkYaml, readBoundedFile, sayFlaw, sha256 } from "#platform";

const largest = 256 * 1024;
const shipped = fileURLToPath(new URL("../../../recipes/prompts/few-shot/medrounds.yaml", import.meta.url));
/** Our own wording of record files, in RALM-Path's structure. */
export const recordWording = fileURLToPath(
  new URL("../../../recipes/prompts/few-shot/records.yaml", import.meta.url),
);
const text = z.string().max(100_000);
const template = text.regex(/\S/, "it must not be empty");

/**
 * The wording of prompts. `<image>` stands for a question's images, a line that holds nothing else is left out where there are none.
 * - `zeroShot`, `fewShot`: the whole prompt; `{examples}`, `{question}`, `{options}`, `{task}`; of the examples `{count}`, `{countWord}`, and
 *   `{ordinal}`, the place of the image that is asked about
 * - `example`: one example; `{number}` from 1, `{question}` where it is another than the prompt's, `{answer}`, `{letter}`: the shown label of
 *   the answer, empty if it has none; `{labeled}`: both, as in "B. text"
 * - `choice`, `open`: what stands for `{task}`, with options and without; just the options where these are left out
 * - `option`: a line of `{options}`; `{label}`, `{text}`
 */
const wordingSchema = z.strictObject({
  system: template.optional(),
  zeroShot: template,
  fewShot: template,
  example: template,
  choice: template.default("{options}"),
  open: text.default(""),
  option: template.default("{label}. {text}"),
});

/** With the SHA-256 of all it says, which changes with every change that counts. */
export type PromptWording = z.infer<typeof wordingSchema> & { hash: string };

/**
 * Reads the wording of prompts, our own where no file is named: YAML with these keys, or Markdown with a heading for each (`# few-shot` and so
 * on), whose text is what stands below it.
 *
 * @throws MedRoundsError `prompt-invalid`, naming line and key; the errors of reading a file
 */
export async function readPromptWording(file = shipped, signal?: AbortSignal): Promise<PromptWording> {
  const bytes = await readBoundedFile(file, { limit: largest, ...(signal ? { signal } : {}) });
  const written = new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
  return parsePromptWording(written, file);
}

/** Throws `prompt-invalid`. `name` is the file's, and its ending says what it is. */
export function parsePromptWording(written: string, name: string): PromptWording {
  const isMarkdown = extname(name).toLowerCase() === ".md";
  const wording = isMarkdown ? checkSections(written, name) : checkFile(written, name);
  const trimmed = Object.fromEntries(Object.entries(wording).map(([key, said]) => [key, trim(said)]));
  const checked = { ...wording, ...trimmed };
  return { ...checked, hash: sha256(JSON.stringify(wordingKeys.map((key) => [key, checked[key] ?? null]))) };
}

const wordingKeys = Object.keys(wordingSchema.shape) as (keyof z.infer<typeof wordingSchema>)[];

/** Line breaks around a text are the file's, not the prompt's. */
function trim(said: string | undefined): string | undefined {
  return said?.replace(/^\n+|\n+$/g, "");
}

function checkFile(written: string, name: string): z.infer<typeof wordingSchema> {
  const checked = checkYaml(written, wordingSchema);
  if (checked.success) return checked.value;
  throw new MedRoundsError("prompt-invalid", sayFlaw(name, checked.flaw), {
    path: name,
    ...placeOf(checked),
  });
}

function placeOf({ flaw: { line, key } }: { flaw: { line: number; key: string } }) {
  return { line, key };
}

function checkSections(written: string, name: string): z.infer<typeof wordingSchema> {
  const sections: Record<string, string> = {};
  let key: string | undefined;
  for (const line of written.split("\n")) {
    const heading = /^#{1,6}\s+(.*?)\s*$/.exec(line)?.[1];
    if (heading !== undefined) {
      key = heading.toLowerCase().replace(/[\s-]+([a-z])/g, (_, letter: string) => letter.toUpperCase());
      sections[key] = "";
    } else if (key !== undefined) sections[key] += `${line}\n`;
  }
  const { success, data, error } = wordingSchema.safeParse(sections);
  if (success) return data;
  const [issue] = error.issues;
  const wrong = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.join(".");
  const message = `${name}: the heading ${wrong} is missing, empty, or none that is known.`;
  throw new MedRoundsError("prompt-invalid", message, { path: name, key: wrong ?? "" });
}
