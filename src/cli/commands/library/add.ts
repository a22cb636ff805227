import { stat } from "node:fs/promises";
import { Command } from "commander";
import { fileError } from "#platform";
import { createProgress } from "../../progress.ts";
import { renderReport } from "../../render/report.ts";
import { type CommandContext, examples } from "../context.ts";

type AddOptions = {
  library: string;
  store?: string;
  name?: string;
  format?: string;
  chunking?: string;
  replace?: boolean;
  refuseBurnedIn?: boolean;
  json?: boolean;
};

/** `library add`. */
export function addCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("add")
    .summary("add texts and images")
    .description(
      "add texts (JSON lines, Markdown, text, HTML, PDF, PubMed and JATS XML, TSV, OBO; also .gz, .zst) and images (PNG, JPEG, WebP, TIFF; DICOM as files, folders, DICOMDIR or ZIP, always de-identified); content that is there already is not added again",
    )
    .argument("<path...>", "files or folders")
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option(
      "--store <location>",
      "where a new library's tables are: lancedb, or milvus://host:port/name (default: lancedb, in its folder)",
    )
    .option("--name <name>", "corpus name (default: the folder's name; of DICOM files: dicom)")
    .option(
      "--format <name>",
      "read all texts in this format (default: recognized; an unknown name lists them)",
    )
    .option(
      "--chunking <name>",
      "how texts are cut: medrounds, or MedRAG's rules medrag-textbooks and medrag-statpearls (default: medrounds)",
    )
    .option("--replace", "let new content take the place of older content with the same id")
    .option(
      "--refuse-burned-in",
      "refuse DICOM images that seem to have text in their pixels instead of flagging them",
    )
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library add xrays/   # a folder with manifest.jsonl and images",
        "medrounds library add studies.zip --name studies",
        "medrounds library add notes.md guidelines/ --name guidelines",
        "medrounds library add corpus.jsonl.gz --library ./my-library --json",
        "medrounds library add kb.tsv --format tsv --chunking medrag-textbooks",
      ),
    )
    .action(async (paths: string[], options: AddOptions) => {
      // A mistyped path or name must not leave an empty library behind.
      for (const path of paths) await requirePath(path);
      const { addToLibrary, chunkingNamed, formatNamed, openLibraryAt } = await import("#assembly");
      const choices = {
        ...(options.format === undefined ? {} : { format: formatNamed(options.format) }),
        ...(options.chunking === undefined ? {} : { chunking: chunkingNamed(options.chunking) }),
      };
      using library = await openLibraryAt(options.library, {
        create: true,
        ...(options.store ? { store: options.store } : {}),
      });
      const progress = createProgress("Adding");
      const embedding = createProgress("Embedding");
      const report = await addToLibrary({
        library,
        paths,
        signal,
        onProgress: progress.show,
        onEmbedProgress: (done) => embedding.show({ ...done, refused: 0 }),
        ...choices,
        replace: options.replace ?? false,
        refuseBurnedIn: options.refuseBurnedIn ?? false,
        ...(options.name ? { corpus: options.name } : {}),
      }).finally(() => {
        progress.end();
        embedding.end();
      });
      if (options.json) printJson({ library: options.library, ...report });
      else for (const line of renderReport(report, terminal)) terminal.write(line);
      const { added, unchanged, replaced } = report;
      const done =
        added.documents +
        added.cases +
        unchanged.documents +
        unchanged.cases +
        replaced.documents +
        replaced.cases;
      if (report.interrupted) exit(130);
      else if (done === 0 && report.refused.length > 0) exit(1);
    });
}

async function requirePath(path: string): Promise<void> {
  await stat(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
}
