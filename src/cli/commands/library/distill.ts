import { Command } from "commander";
import type { Distillation } from "#assembly";
import { createProgress } from "../../progress.ts";
import { collect, readShare, wholeNumber } from "../../read-options.ts";
import { renderLeakSummary } from "../../render/audit.ts";
import { count } from "../../render/count.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type DistillOptions = {
  out: string;
  endpoint?: string;
  model?: string;
  testSet?: string[];
  maxOverlap?: number;
  sentences?: boolean;
  concurrency: number;
  json?: boolean;
};

/** `library distill`. */
export function distillCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("distill")
    .summary("make a knowledge base of explanations, by a chat model")
    .description(
      "make a knowledge base of explanations by a chat model: stand-alone sentences of four kinds, without answers, citations and what stands in test sets; run again, it asks only for what is missing",
    )
    .argument(
      "<file...>",
      "rows of explanations as JSON lines, also .gz: explanation, exp, rationale or text; optional question, options, subject (MedMCQA's fields are known)",
    )
    .requiredOption("--out <file>", "the knowledge base (.jsonl); its log and its leaks stand beside it")
    .option("--endpoint <url>", "OpenAI-compatible endpoint of a chat model (or MEDROUNDS_ENDPOINT)")
    .option("--model <name>", "the chat model's name (or MEDROUNDS_MODEL; key: MEDROUNDS_API_KEY)")
    .option(
      "--test-set <file>",
      "questions that must not get in: JSON lines, BEIR queries or MIRAGE's benchmark.json; repeat it",
      collect,
    )
    .option("--max-overlap <share>", "drop what shares more than this with a test question", readShare, 0.5)
    .option("--sentences", "a row for each sentence instead of passages of at least 100 words")
    .option("--concurrency <n>", "requests at a time", wholeNumber(1, 256), 4)
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library distill train.json --out kb.jsonl \\",
        "    --test-set benchmark.json \\",
        "    --endpoint http://127.0.0.1:8000/v1 --model medgemma-27b",
        "medrounds library distill explanations.jsonl.gz --out kb.jsonl --sentences",
      ),
    )
    .action(async (files: string[], options: DistillOptions) => {
      const { out, testSet = [], maxOverlap, sentences, concurrency, endpoint, model } = options;
      const { distillKnowledge } = await import("#assembly");
      const progress = createProgress("Distilling");
      const done = await distillKnowledge({
        files,
        output: out,
        testSets: testSet,
        single: sentences ?? false,
        concurrency,
        signal,
        onProgress: progress.show,
        ...(maxOverlap === undefined ? {} : { maximumOverlap: maxOverlap }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(model === undefined ? {} : { model }),
      }).finally(progress.end);
      if (options.json) printJson(done);
      else for (const line of renderDistillation(done, terminal)) terminal.write(line);
      if (done.written === 0) exit(1);
    });
}

const failuresShown = 20;

function renderDistillation(done: Distillation, terminal: Terminal): string[] {
  const { sentences, usage, rows } = done;
  const filtered = Object.entries(sentences.filtered);
  const left = [
    ...filtered.map(([refusal, times]) => `${refusal} ${times}`),
    ...(sentences.duplicates > 0 ? [`there already ${sentences.duplicates}`] : []),
    ...(sentences.leaked > 0 ? [`in a test set ${sentences.leaked}`] : []),
  ];
  const lines = [
    `${plain(done.output)}: ${count(done.written, "row")} of ${count(sentences.kept, "sentence")}, by ${plain(done.model)}, in ${done.seconds.toFixed(1)} s.`,
    `Read ${count(rows, "row")}: ${done.asked} asked, ${done.fromLog} asked before, ${done.withoutExplanation} without an explanation${done.leakedRows > 0 ? `, ${done.leakedRows} not sent because they hold a test question` : ""}.`,
    ...(left.length > 0 ? [`Sentences left out: ${left.join(", ")}.`] : []),
    `Tokens: ${usage.run.inputTokens} in and ${usage.run.outputTokens} out in ${count(usage.run.requests, "request")} of this run; ${usage.output.inputTokens} in and ${usage.output.outputTokens} out for the whole.`,
  ].map((line) => wrap(line, terminal.width));
  const failures = [...done.refused, ...done.failed];
  const shown = failures.slice(0, failuresShown).map(({ file, line, code, message }) => {
    return wrap(`${plain(file)}:${line}: ${plain(message)} (${code})`, terminal.width, "  ");
  });
  const more = failures.length - shown.length;
  return [
    ...lines,
    ...(done.leaks === null
      ? [
          "",
          wrap("No test set was named: what stands in one may be in it (--test-set FILE).", terminal.width),
        ]
      : ["", "Test questions met in what was left out:", ...renderLeakSummary(done.testSets)]),
    ...(failures.length > 0
      ? [
          "",
          terminal.paint("doubt", `Refused: ${done.refused.length}; failed: ${done.failed.length}`),
          ...shown,
        ]
      : []),
    ...(more > 0 ? [`… and ${more} more; --json lists all.`] : []),
    ...(done.failed.length > 0 ? ["The same command again asks only for the rows that failed."] : []),
  ];
}
