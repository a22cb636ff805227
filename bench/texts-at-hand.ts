import { join } from "node:path";
import { chunkDocument, readRow } from "#knowledge";
import { readJsonLines } from "#platform";

const corpora = [
  "kb_medquad/manifest.jsonl.gz",
  "kb_openstax_ap/manifest.jsonl",
  "kb_ontology/manifest.jsonl.gz",
  "ir_bioasq/corpus.jsonl",
  "ir_scifact/corpus.jsonl",
];
const questionSets = [
  "ir_scifact/queries.jsonl",
  "ir_liveqa_medquad/queries.jsonl",
  "ir_bioasq/queries.jsonl",
];

/** The passages of the texts at hand, title before text, each once. */
export async function readTexts(data: string): Promise<string[]> {
  const texts = new Set<string>();
  for (const corpus of corpora) {
    for await (const line of readJsonLines(join(data, corpus))) {
      if (line.type !== "object" || (line.value.file ?? null) !== null) continue;
      const document = readRow(line.value);
      for (const { title, text } of chunkDocument({ document, corpus, file: corpus }))
        texts.add(`${title}\n${text}`);
    }
  }
  return [...texts];
}

/** Real questions, taken in turn from the sets at hand. */
export async function readQuestions(data: string, count: number): Promise<string[]> {
  const sets = await Promise.all(
    questionSets.map(async (file) => {
      const questions: string[] = [];
      for await (const line of readJsonLines(join(data, file)))
        if (line.type === "object") questions.push(String(line.value.text));
      return questions;
    }),
  );
  const longest = Math.max(...sets.map((set) => set.length));
  const inTurn = Array.from({ length: longest }, (_, index) => sets.map((set) => set[index])).flat();
  return inTurn.filter((question) => question !== undefined).slice(0, count);
}
