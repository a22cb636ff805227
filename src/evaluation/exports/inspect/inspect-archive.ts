import type { ExportedArm, ExportFormat } from "../export-format.ts";
import { headerOf, modelOf, toJson } from "./inspect-log.ts";
import { readMessages } from "./messages.ts";
import { inspectSample, inspectSummary } from "./sample.ts";
import { writeZip, type ZipEntry } from "./zip.ts";

/**
 * The log of Inspect as its `.eval` archive (UKGovernmentBEIS/inspect_ai, src/inspect_ai/log/_recorders/eval.py, as of 0.3.285): a header, a
 * file for each sample, and summaries of all, so that one sample is read without the others.
 */
export const inspectArchive: ExportFormat = {
  name: "inspect",
  ending: ".eval",
  description: "a log that Inspect opens, as an archive",
  hasImages: true,
  write: (exported) => writeZip(filesOf(exported)),
};

async function* filesOf(exported: ExportedArm): AsyncGenerator<ZipEntry, void> {
  const { read, image, signal, arm } = exported;
  const model = modelOf(exported);
  const header = headerOf(exported, model);
  const { version, eval: spec, plan } = header;
  yield { name: "_journal/start.json", content: toJson({ version, eval: spec, plan }) };
  for await (const task of read()) {
    const messages = await readMessages(task, { model, image, signal });
    const sample = inspectSample(task, { arm, model, messages });
    yield { name: `samples/${sample.id}_epoch_${sample.epoch}.json`, content: toJson(sample) };
  }
  yield { name: "summaries.json", content: summariesOf(exported, model) };
  yield { name: "header.json", content: toJson(header) };
}

/** Reads the arm once more rather than hold what it holds; images are named alone. */
async function* summariesOf({ read, arm, signal }: ExportedArm, model: string): AsyncGenerator<string, void> {
  let before = "[";
  for await (const task of read()) {
    const messages = await readMessages(task, { model, signal });
    yield `${before}${toJson(inspectSummary(inspectSample(task, { arm, model, messages })))}`;
    before = ",\n";
  }
  yield before === "[" ? "[]" : "]";
}
