import { Command } from "commander";
import type { RetrievalEvaluation } from "#assembly";
import { createProgress } from "../../progress.ts";
import { collect, wholeNumber } from "../../read-options.ts";
import { count } from "../../render/count.ts";
import { showInterval, signed } from "../../render/figures.ts";
import { renderTable } from "../../render/table.ts";
import { plain } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type RetrievalOptions = {
  beir: string;
  retriever?: string[];
  embedder?: string[];
  reranker?: string;
  top: number;
  library?: string;
  json?: boolean;
};

/** `eval retrieval`. */
export function retrievalCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("retrieval")
    .description(
      "nDCG@10, recall, MAP and MRR@10 of passage retrieval, with 95 % bootstrap intervals and latency; of several retrievers also the paired differences from the first",
    )
    .requiredOption(
      "--beir <dir>",
      "a data set: corpus.jsonl, queries.jsonl, qrels/test.tsv (or the only .tsv)",
    )
    .option(
      "--retriever <name>",
      "what to measure, once or more: bm25, dense, hybrid, medrag, each also with +rerank or +synonyms (default: bm25, and hybrid with an embedder)",
      collect,
    )
    .option("--embedder <source>", "embeds the corpus first, as onnx:DIR; repeat it for several", collect)
    .option("--reranker <source>", "what the retrievers named with +rerank use")
    .option("--top <n>", "documents that are asked for", wholeNumber(10, 1000), 100)
    .option("--library <dir>", "keep the library here for the next time (default: a temporary one)")
    .option("--json", "print one JSON document, with the scores of each query")
    .addHelpText(
      "after",
      examples(
        "medrounds eval retrieval --beir scifact/",
        "medrounds eval retrieval --beir scifact/ --library .medrounds/scifact --json",
        "medrounds eval retrieval --beir scifact/ --retriever bm25 --retriever dense \\",
        "    --embedder onnx:models/all-MiniLM-L6-v2",
      ),
    )
    .action(async ({ beir, retriever, embedder, reranker, top, library, json }: RetrievalOptions) => {
      const { evaluateRetrieval } = await import("#assembly");
      let shown: keyof typeof stages = "adding";
      let progress = createProgress(stages[shown]);
      const evaluation = await evaluateRetrieval({
        folder: beir,
        retrievers: retriever ?? ["bm25", ...(embedder ? ["hybrid"] : [])],
        top,
        signal,
        onProgress: ({ stage, ...done }) => {
          if (stage !== shown) {
            progress.end();
            shown = stage;
            progress = createProgress(stages[stage]);
          }
          progress.show({ ...done, refused: 0 });
        },
        ...(embedder === undefined ? {} : { embedders: embedder }),
        ...(reranker === undefined ? {} : { reranker }),
        ...(library === undefined ? {} : { library }),
      }).finally(() => progress.end());
      if (json) printJson(evaluation);
      else for (const line of renderEvaluation(evaluation)) terminal.write(line);
    });
}

const stages = { adding: "Adding", embedding: "Embedding", searching: "Searching" };

function renderEvaluation({ set, runs, comparisons }: RetrievalEvaluation): string[] {
  const notes = [
    ...(set.queriesWithoutRelevant > 0
      ? [`left out for lack of a relevant document: ${set.queriesWithoutRelevant} of the judged queries`]
      : []),
    ...(set.missingDocuments > 0
      ? [`${count(set.missingDocuments, "relevant document")} not in the corpus`]
      : []),
    ...(set.refusedDocuments > 0
      ? [`${count(set.refusedDocuments, "document")} refused by the library`]
      : []),
  ];
  return [
    `${plain(set.name)}, ${plain(set.qrels)}: ${set.queries} judged queries, ${count(set.documents, "document")} in ${count(set.passages, "passage")}`,
    ...(set.embedders.length > 0 ? [`Embedded by ${set.embedders.map(plain).join(", ")}.`] : []),
    ...notes.map((note) => `Note: ${note}.`),
    ...runs.flatMap(renderRun),
    ...comparisons.flatMap(renderComparison),
  ];
}

function renderRun({
  retriever,
  metrics,
  latency,
  withoutHit,
}: RetrievalEvaluation["runs"][number]): string[] {
  const rows = metrics.map(({ metric, mean, interval }) => [metric, mean.toFixed(4), showInterval(interval)]);
  return [
    "",
    ...renderTable([[retriever, "mean", "95 % interval"], ...rows], [1]),
    `Latency: median ${latency.median.toFixed(1)} ms, 95th percentile ${latency.p95.toFixed(1)} ms. Queries without a hit: ${(withoutHit * 100).toFixed(1)} %.`,
  ];
}

function renderComparison({ first, second, metrics }: RetrievalEvaluation["comparisons"][number]): string[] {
  const rows = metrics.map(({ metric, difference, interval, pValue, conclusion }) => [
    metric,
    signed(difference),
    showInterval(interval),
    pValue.toFixed(4),
    conclusion,
  ]);
  return [
    "",
    ...renderTable(
      [[`${second} − ${first}`, "difference", "95 % interval", "p", "the interval"], ...rows],
      [1, 3],
    ),
  ];
}
