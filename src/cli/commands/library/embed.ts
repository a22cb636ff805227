import { Command } from "commander";
import { createProgress } from "../../progress.ts";
import { count } from "../../render/count.ts";
import { plain } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type EmbedOptions = { embedder: string; library: string; replace?: boolean; json?: boolean };

/** `library embed`. */
export function embedCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("embed")
    .summary("give passages vectors, so that they are found by meaning, too")
    .description(
      "give every passage a vector, so that it is found by meaning, too; run again, it goes on where it was, and later additions are embedded by themselves",
    )
    .requiredOption(
      "--embedder <source>",
      "a model folder or hub id (onnx:DIR), or an endpoint (openai:URL#MODEL, tei:URL)",
    )
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--replace", "drop the vectors that this source made when it was another model")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library embed --embedder onnx:models/all-MiniLM-L6-v2",
        "medrounds library embed --embedder tei:http://127.0.0.1:8080 --library ./kb",
      ),
    )
    .action(async ({ embedder: source, library: folder, replace, json }: EmbedOptions) => {
      const { embedLibraryFrom, openLibraryAt } = await import("#assembly");
      using library = await openLibraryAt(folder);
      const downloading = createProgress("Downloading the model (MB)");
      const progress = createProgress("Embedding");
      const report = await embedLibraryFrom({
        library,
        source,
        replace: replace ?? false,
        signal,
        onDownload: ({ done, total }) =>
          downloading.show({ items: Math.round(done / 1e6), share: done / Math.max(1, total), refused: 0 }),
        onProgress: (done) => progress.show({ ...done, refused: 0 }),
      }).finally(() => {
        downloading.end();
        progress.end();
      });
      if (json) printJson({ library: folder, ...report });
      else {
        const { embedded, unchanged, removed, seconds, embedder, dimension, interrupted } = report;
        if (interrupted) terminal.write(terminal.paint("doubt", "Interrupted; the vectors so far are kept."));
        terminal.write(
          `Embedded ${count(embedded, "passage")} by ${plain(embedder)} (${dimension} dimensions) in ${seconds.toFixed(1)} s.`,
        );
        if (unchanged > 0) terminal.write(`Already there: ${count(unchanged, "vector")}.`);
        if (removed > 0) terminal.write(`Removed, for lack of their passage: ${count(removed, "vector")}.`);
      }
      if (report.interrupted) exit(130);
    });
}
