import { Command } from "commander";
import type { EmbedderRemoval, RemovalCounts, RemovalReport } from "#assembly";
import { MedRoundsError } from "#contracts";
import { confirm } from "../../confirm.ts";
import { count } from "../../render/count.ts";
import { plain, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type RemoveOptions = {
  corpus?: string;
  id?: string[];
  embedder?: string;
  library: string;
  yes?: boolean;
  json?: boolean;
};

/** `library remove`. */
export function removeCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("remove")
    .summary("remove a corpus, documents, cases or an embedder")
    .description(
      "remove a corpus, or documents and cases by id, with their vectors, and the images that no case uses any more; or an embedder with all of its vectors",
    )
    .option("--corpus <name>", "all of this corpus")
    .option("--id <id...>", "documents and cases; the id of a passage means its whole document")
    .option("--embedder <source>", "this embedder, as library status tells it, and its vectors")
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--yes", "do not ask")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library remove --corpus old-guidelines",
        "medrounds library remove --id notes/pneumonia.md xrays/case-17 --yes",
        "medrounds library remove --embedder tei:http://127.0.0.1:8080",
      ),
    )
    .action(async ({ corpus, id, embedder, library: folder, yes, json }: RemoveOptions) => {
      const target = readTarget({ corpus, id, embedder });
      if (!yes && !process.stdin.isTTY) {
        throw usage("Nobody can be asked here: give --yes to remove without a question.");
      }
      const assembly = await import("#assembly");
      using library = await assembly.openLibraryAt(folder);
      const isAgreed = async (what: string) => {
        const question = `Remove ${what} from ${plain(folder)}?`;
        // On stderr, so that stdout holds the result alone.
        const streams = { input: process.stdin, output: process.stderr };
        if (yes || (await confirm({ question, ...streams, signal }))) return true;
        process.stderr.write("Nothing was removed.\n");
        return false;
      };
      if ("embedder" in target) {
        const planned = await assembly.planEmbedderRemoval(library, target.embedder);
        if (!(await isAgreed(sayVectors(planned)))) return;
        const removal = await assembly.removeEmbedder(library, target.embedder);
        if (json) printJson({ library: folder, ...removal });
        else terminal.write(`Removed ${sayVectors(removal)}.`);
        return;
      }
      if (!yes && !(await isAgreed(sayCounts(await assembly.planRemoval(library, target))))) return;
      const report = await assembly.removeFromLibrary({ library, target, signal });
      if (json) printJson({ library: folder, ...report });
      else for (const line of renderRemoval(report)) terminal.write(wrap(line, terminal.width));
    });
}

type Target = { corpus: string } | { ids: string[] } | { embedder: string };

function readTarget({ corpus, id, embedder }: Given): Target {
  const targets: Target[] = [
    ...(corpus === undefined ? [] : [{ corpus }]),
    ...(id === undefined ? [] : [{ ids: id }]),
    ...(embedder === undefined ? [] : [{ embedder }]),
  ];
  const [target, another] = targets;
  if (target && !another) return target;
  throw usage("Name what to remove: either --corpus NAME, --id ID or --embedder SOURCE.");
}

type Given = { [Name in "corpus" | "id" | "embedder"]: RemoveOptions[Name] | undefined };

function sayVectors({ embedder, vectors }: EmbedderRemoval): string {
  return `the embedder ${plain(embedder)} and its ${count(vectors, "vector")}`;
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
