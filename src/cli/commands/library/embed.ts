import { Command } from "commander";
import type { EmbedReport } from "#assembly";
import { MedRoundsError } from "#contracts";
import { createProgress } from "../../progress.ts";
import { count } from "../../render/count.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type EmbedOptions = {
  embedder?: string;
  images?: string;
  library: string;
  replace?: boolean;
  json?: boolean;
};

/** `library embed`. */
export function embedCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("embed")
    .summary("give passages or images vectors, so that they are found by meaning, too")
    .description(
      "give every passage or every case's image a vector, so that it is found by meaning, too; run again, it goes on where it was, and later additions are embedded by themselves",
    )
    .option(
      "--embedder <source>",
      "of texts: a model folder or hub id (onnx:DIR), or an endpoint (openai:URL#MODEL, tei:URL)",
    )
    .option(
      "--images <source>",
      "of images: an encoder's folder or hub id (onnx:DIR), or an endpoint (infinity:URL#MODEL)",
    )
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--replace", "drop the vectors that this source made when it was another model")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library embed --embedder onnx:models/all-MiniLM-L6-v2",
        "medrounds library embed --images onnx:models/biomedclip",
        "medrounds library embed --embedder tei:http://127.0.0.1:8080 --library ./kb",
      ),
    )
    .action(async ({ embedder, images, library: folder, replace, json }: EmbedOptions) => {
      const source = embedder ?? images;
      if (source === undefined || (embedder !== undefined && images !== undefined)) {
        throw new MedRoundsError(
          "usage-invalid",
          "Name what embeds: either --embedder SOURCE for texts or --images SOURCE for images.",
        );
      }
      const { embedImagesFrom, embedLibraryFrom, openLibraryAt } = await import("#assembly");
      using library = await openLibraryAt(folder);
      const downloading = createProgress("Downloading the model (MB)");
      const progress = createProgress("Embedding");
      const embed = images === undefined ? embedLibraryFrom : embedImagesFrom;
      const report = await embed({
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
        const noun = images === undefined ? "passage" : "case";
        for (const line of renderEmbedding(report, { terminal, noun })) terminal.write(line);
      }
      if (report.interrupted) exit(130);
    });
}

const unreadableShown = 5;

function renderEmbedding(
  report: EmbedReport & { unreadable?: string[] },
  { terminal, noun }: { terminal: Terminal; noun: "passage" | "case" },
): string[] {
  const { embedded, unchanged, removed, seconds, embedder, dimension, interrupted, unreadable = [] } = report;
  const shown = unreadable.slice(0, unreadableShown).map(plain).join(", ");
  const more = unreadable.length > unreadableShown ? " …" : "";
  return [
    ...(interrupted ? [terminal.paint("doubt", "Interrupted; the vectors so far are kept.")] : []),
    `Embedded ${count(embedded, noun)} by ${plain(embedder)} (${dimension} dimensions) in ${seconds.toFixed(1)} s.`,
    ...(unchanged > 0 ? [`Already there: ${count(unchanged, "vector")}.`] : []),
    ...(removed > 0 ? [`Removed, for lack of their ${noun}: ${count(removed, "vector")}.`] : []),
    ...(unreadable.length > 0
      ? [
          wrap(
            `Without a readable image: ${count(unreadable.length, "case")} (${shown}${more}); see library doctor.`,
            terminal.width,
          ),
        ]
      : []),
  ];
}
