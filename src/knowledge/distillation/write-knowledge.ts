import type { LineFile } from "#platform";
import { type LeakCheck, normalizedWords } from "#text";
import { type DistillationLog, type LogEntry, logKey } from "./distillation-log.ts";
import type { Explanation } from "./explanation.ts";
import { addUsage } from "./extract.ts";
import { createGatherer, type KnowledgeSentence } from "./gather.ts";
import { knowledgeKinds } from "./kinds.ts";
import { readExplanations } from "./read-explanations.ts";
import type { DistillationReport } from "./report.ts";
import { findRowLeaks } from "./row-leaks.ts";
import { cleanSentences } from "./sentence-rules.ts";

/**
 * Makes the knowledge base of the replies in the log, in the order of the input: the same log and input give the same file,
 * whatever was interrupted on the way. Sentences of the same words are written once, where they come first.
 */
export async function writeKnowledge(request: {
  files: readonly string[];
  log: DistillationLog;
  model: string;
  promptHash: string;
  single: boolean;
  leakCheck: LeakCheck | null;
  output: LineFile;
  leaks: LineFile | null;
  report: DistillationReport;
  signal?: AbortSignal;
}): Promise<void> {
  const { files, log, model, promptHash, leakCheck, output, report, signal } = request;
  const { sentences: counts } = report;
  const gatherer = createGatherer({ single: request.single });
  const known = new Set<string>();
  const used = new Set<string>();

  for await (const row of readExplanations(files, signal)) {
    report.rows++;
    if (row.type === "refused") report.refused.push({ ...row.failure, file: row.file, line: row.line });
    if (row.type === "without-explanation") report.withoutExplanation++;
    if (row.type !== "explanation") continue;
    const { explanation } = row;
    const rowLeak = leakCheck === null ? null : findRowLeaks(explanation, leakCheck);
    if (rowLeak) {
      report.leakedRows++;
      await request.leaks?.write(
        JSON.stringify({ where: rowLeak.where, row: explanation.id, matches: rowLeak.leaks }),
      );
      continue;
    }
    const key = logKey({ explanation, promptHash, model });
    const entry = await log.read(key);
    if (!entry) continue;
    if (!used.has(key)) addUsage(report.usage.output, entry.usage);
    used.add(key);
    for (const sentence of cleaned(entry, explanation)) await take(sentence);
  }
  for (const row of gatherer.end()) await write(row);
  report.fromLog = used.size - report.asked;

  function* cleaned(entry: LogEntry, { id, subject }: Explanation): Generator<KnowledgeSentence> {
    for (const kind of knowledgeKinds) {
      for (const sentence of entry.sentences[kind].flatMap((text) => cleanSentences(text, { id }))) {
        counts.received++;
        if ("text" in sentence) yield { text: sentence.text, kind, subject, source: id };
        else counts.filtered[sentence.refusal] = (counts.filtered[sentence.refusal] ?? 0) + 1;
      }
    }
  }

  async function take(sentence: KnowledgeSentence): Promise<void> {
    const words = normalizedWords(sentence.text).join(" ");
    if (known.has(words)) {
      counts.duplicates++;
      return;
    }
    known.add(words);
    const leaks = leakCheck?.check(sentence.text) ?? [];
    if (leaks.length > 0) {
      counts.leaked++;
      const { text, source } = sentence;
      await request.leaks?.write(
        JSON.stringify({ where: "sentence", row: source, sentence: text, matches: leaks }),
      );
      return;
    }
    counts.kept++;
    for (const row of gatherer.add(sentence)) await write(row);
  }

  async function write(row: unknown): Promise<void> {
    await output.write(JSON.stringify(row));
    report.written++;
  }
}
