import { Command } from "commander";
import type { AddReport, LibraryStatus } from "#assembly";
import { createProgress } from "../progress.ts";
import { renderTable } from "../render/table.ts";
import { plain, type Terminal } from "../terminal.ts";
import { type CommandContext, examples } from "./context.ts";

/** `library add` and `library status`. */
export function libraryCommand(context: CommandContext): Command {
  return new Command("library")
    .description("what can be searched: add files to it, see what it holds")
    .addCommand(addCommand(context))
    .addCommand(statusCommand(context));
}

type AddOptions = { library: string; name?: string; replace?: boolean; json?: boolean };

function addCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
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

const refusalsShown = 50;

function renderReport(report: AddReport, terminal: Terminal): string[] {
  const { added, unchanged, replaced, refused, notes, seconds } = report;
  const skipped = Object.entries(report.skipped).map(([extension, count]) => `${count} ${extension}`);
  return [
    ...(report.interrupted ? [terminal.paint("doubt", "Interrupted; what was added so far is kept.")] : []),
    `Added ${added.cases} cases and ${added.passages} passages of ${added.documents} documents in ${seconds.toFixed(1)} s.`,
    ...(unchanged.cases + unchanged.documents > 0
      ? [`Already there: ${unchanged.cases} cases, ${unchanged.documents} documents.`]
      : []),
    ...(replaced.cases + replaced.documents > 0
      ? [`Replaced: ${replaced.cases} cases, ${replaced.documents} documents.`]
      : []),
    ...(skipped.length > 0 ? [`Skipped, of no known type: ${skipped.join(", ")}.`] : []),
    ...(notes.length > 0 ? ["", ...renderNotes(report)] : []),
    ...(refused.length > 0
      ? ["", terminal.paint("doubt", `Refused: ${refused.length}`), ...renderRefusals(report)]
      : []),
  ];
}

function renderNotes({ notes }: AddReport): string[] {
  const byNote = Map.groupBy(notes, ({ note }) => note);
  return [...byNote].map(([note, files]) => {
    const [first] = files;
    const others = files.length > 1 ? ` and ${files.length - 1} more` : "";
    return `Note: ${plain(first?.file ?? "")}${others}: ${plain(note)}`;
  });
}

function renderRefusals({ refused }: AddReport): string[] {
  const rows = refused.slice(0, refusalsShown).map(({ file, line, code, message }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return [plain(place), code, plain(message)];
  });
  const left = refused.length - rows.length;
  const cures = new Map(refused.map(({ code, cure }) => [code, cure]));
  return [
    ...renderTable([["File", "Code", "What happened"], ...rows]),
    ...(left > 0 ? [`… and ${left} more; --json lists all.`] : []),
    "",
    "What to do",
    ...renderTable([...cures]),
  ];
}

function statusCommand({ terminal, printJson }: CommandContext): Command {
  return new Command("status")
    .description("what a library holds: corpora, counts, embedders, size")
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples("medrounds library status", "medrounds library status --library .medrounds/demo --json"),
    )
    .action(async (options: { library: string; json?: boolean }) => {
      const { openLibraryAt, readLibraryStatus } = await import("#assembly");
      using library = await openLibraryAt(options.library);
      const status = await readLibraryStatus(library);
      if (options.json) printJson(status);
      else for (const line of renderStatus(status)) terminal.write(line);
    });
}

function renderStatus(status: LibraryStatus): string[] {
  const { library, schema, passages, cases, corpora, embedders, bytes } = status;
  const rows = corpora.map(({ name, ...counts }) => [
    plain(name),
    String(counts.passages),
    String(counts.cases),
  ]);
  const described = embedders.map(({ id, dimension }) => `${id} (${dimension} dimensions)`);
  return [
    `${library}: ${passages} passages, ${cases} cases, ${(bytes / 1e6).toFixed(1)} MB, schema ${schema}`,
    `Images described by ${described.join(", ")}.`,
    ...(rows.length > 0 ? ["", ...renderTable([["Corpus", "Passages", "Cases"], ...rows], [1, 2])] : []),
  ];
}
