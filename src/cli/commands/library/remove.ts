import { Command } from "commander";
import type { RemovalCounts, RemovalReport } from "#assembly";
import { MedRoundsError } from "#contracts";
import { confirm } from "../../confirm.ts";
import { count } from "../../render/count.ts";
import { plain, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type RemoveOptions = { corpus?: string; id?: string[]; library: string; yes?: boolean; json?: boolean };

/** `library remove`. */
export function removeCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("remove")
    .description(
      "remove a corpus, or documents and cases by id, with their vectors, and the images that no case uses any more",
    )
    .option("--corpus <name>", "all of this corpus")
    .option("--id <id...>", "documents and cases; the id of a passage means its whole document")
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--yes", "do not ask")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library remove --corpus old-guidelines",
        "medrounds library remove --id notes/pneumonia.md xrays/case-17 --yes",
      ),
    )
    .action(async ({ corpus, id, library: folder, yes, json }: RemoveOptions) => {
      const target = readTarget({ corpus, id });
      if (!yes && !process.stdin.isTTY) {
        throw usage("Nobody can be asked here: give --yes to remove without a question.");
      }
      const { openLibraryAt, planRemoval, removeFromLibrary } = await import("#assembly");
      using library = await openLibraryAt(folder);
      if (!yes) {
        const plan = await planRemoval(library, target);
        const question = `Remove ${sayCounts(plan)} from ${plain(folder)}?`;
        // On stderr, so that stdout holds the result alone.
        if (!(await confirm({ question, input: process.stdin, output: process.stderr, signal }))) {
          process.stderr.write("Nothing was removed.\n");
          return;
        }
      }
      const report = await removeFromLibrary({ library, target, signal });
      if (json) printJson({ library: folder, ...report });
      else for (const line of renderRemoval(report)) terminal.write(wrap(line, terminal.width));
    });
}

function readTarget({ corpus, id }: { corpus: string | undefined; id: string[] | undefined }) {
  if (corpus !== undefined && id === undefined) return { corpus };
  if (corpus === undefined && id !== undefined) return { ids: id };
  throw usage("Name what to remove: either --corpus NAME or --id ID.");
}

function usage(message: string): MedRoundsError {
  return new MedRoundsError("usage-invalid", message);
}

function sayCounts({ documents, passages, cases }: RemovalCounts): string {
  return `${count(documents, "document")} (${count(passages, "passage")}) and ${count(cases, "case")}`;
}

function renderRemoval(report: RemovalReport): string[] {
  const { vectors, images, missing } = report;
  const others = [
    ...(vectors > 0 ? [count(vectors, "vector")] : []),
    ...(images > 0 ? [`${count(images, "image")} that no case uses`] : []),
  ];
  const shown = missing.slice(0, 10).map(plain).join(", ");
  return [
    `Removed ${sayCounts(report)}${others.length > 0 ? `, with ${others.join(" and ")}` : ""}.`,
    ...(missing.length > 0
      ? [`Not in the library: ${shown}${missing.length > 10 ? ` and ${missing.length - 10} more` : ""}.`]
      : []),
  ];
}
