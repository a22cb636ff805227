import { existsSync } from "node:fs";
import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addToLibrary, openLibraryAt } from "#assembly";

const imageSets = ["data/path_oral", "data/path_prostate_gleason", "data/path_cervical_lbc", "data/cxr_nih"];

/** The libraries of the suites, by their names, and the data sets that each holds. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  images: imageSets,
  "images-as-described": imageSets,
  "radiology-as-described": ["data/cxr_nih", "data/cxr_covid", "data/iu_reports", "data/vqa_rad"],
  nothing: ["nothing.jsonl"],
  kb_medquad: ["data/kb_medquad"],
  kb_openstax_ap: ["data/kb_openstax_ap"],
  abstracts: ["abstracts.jsonl"],
  texts: ["data/kb_medquad", "data/kb_openstax_ap", "abstracts.jsonl"],
};

/**
 * Builds what the suites search in a folder, where it is not there yet: `data`, a link to the data sets, and `libraries`. Those named
 * as-described are without the fit of how cases are compared: it saw the labels of all cases, those asked about among them.
 */
export async function buildLibraries(folder: string, data: string): Promise<void> {
  if (!existsSync(join(folder, "data"))) await symlink(data, join(folder, "data"));
  await writeAbstracts(folder);
  // A library that holds nothing at all is refused.
  await writeFile(join(folder, "nothing.jsonl"), '{"id":"nothing","text":"Lorem ipsum dolor sit amet."}\n');
  for (const [name, sets] of Object.entries(libraries)) {
    const place = join(folder, "libraries", name);
    if (existsSync(place)) continue;
    using library = await openLibraryAt(place, { create: true });
    await addToLibrary({ library, paths: sets.map((set) => join(folder, set)) });
    if (name.endsWith("-as-described")) await rm(join(place, "similarity.json"));
  }
}

/** PubMedQA's abstracts as they are given with the questions: without the conclusion, the decision and the question, which is often the title. */
async function writeAbstracts(folder: string): Promise<void> {
  const manifest = await readFile(join(folder, "data/qa_pubmedqa/manifest.jsonl"), "utf8");
  const rows = manifest
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; contexts: string[] });
  const lines = rows.map(({ id, contexts }) => JSON.stringify({ id, text: contexts.join("\n") }));
  await writeFile(join(folder, "abstracts.jsonl"), `${lines.join("\n")}\n`);
}
