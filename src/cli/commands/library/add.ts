import { stat } from "node:fs/promises";
import { Command } from "commander";
import { fileError } from "#platform";
import { createProgress } from "../../progress.ts";
import { renderReport } from "../../render/report.ts";
import { type CommandContext, examples } from "../context.ts";

type AddOptions = { library: string; name?: string; replace?: boolean; json?: boolean };

/** `library add`. */
export function addCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("add")
    .description(
      "add images and texts: manifests (.jsonl, .jsonl.gz), Markdown, text, PNG, JPEG, WebP; content that is there already is not added again",
    )
    .argument("<path...>", "files or folders")
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--name <name>", "corpus name (default: the folder's name)")
    .option("--replace", "let new content take the place of older content with the same id")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library add xrays/            # a folder with manifest.jsonl and images",
        "medrounds library add notes.md guidelines/ --name guidelines",
        "medrounds library add corpus.jsonl --library ./my-library --json",
      ),
    )
    .action(async (paths: string[], options: AddOptions) => {
      // A mistyped path must not leave an empty library behind.
      for (const path of paths) await requirePath(path);
      const { addToLibrary, openLibraryAt } = await import("#assembly");
      using library = await openLibraryAt(options.library, { create: true });
      const progress = createProgress("Adding");
      const report = await addToLibrary({
        library,
        paths,
        signal,
        onProgress: progress.show,
        replace: options.replace ?? false,
        ...(options.name ? { corpus: options.name } : {}),
      }).finally(progress.end);
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
