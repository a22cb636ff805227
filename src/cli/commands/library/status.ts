import { Command } from "commander";
import type { LibraryStatus } from "#assembly";
import { count } from "../../render/count.ts";
import { renderTable } from "../../render/table.ts";
import { plain } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

/** `library status`. */
export function statusCommand({ terminal, printJson }: CommandContext): Command {
  return new Command("status")
    .summary("what a library holds")
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
  const { library, schema, passages, cases, corpora, embedders, textEmbedders, imageEncoders } = status;
  const { store, bytes } = status;
  const rows = corpora.map(({ name, ...counts }) => [
    plain(name),
    String(counts.passages),
    String(counts.cases),
  ]);
  const described = embedders.map(({ id, dimension }) => `${id} (${dimension} dimensions)`);
  return [
    `${plain(library)}: ${count(passages, "passage")}, ${count(cases, "case")}, ${(bytes / 1e6).toFixed(1)} MB, schema ${schema}`,
    ...(store === "lancedb" ? [] : [`Tables in ${plain(store)}.`]),
    `Images described by ${described.join(", ")}.`,
    ...textEmbedders.map(
      ({ id, source, dimension, vectors }) =>
        `Texts embedded by ${plain(id)} (${dimension} dimensions, ${plain(source)}): ${vectors} of ${count(passages, "passage")}.`,
    ),
    ...imageEncoders.map(
      ({ id, source, dimension, vectors, texts }) =>
        `Images embedded by ${plain(id)} (${dimension} dimensions, ${plain(source)}${texts ? ", texts too" : ""}): ${vectors} of ${count(cases, "case")}.`,
    ),
    ...(cases > 0 ? [saySimilarity(status.similarity)] : []),
    ...(rows.length > 0 ? ["", ...renderTable([["Corpus", "Passages", "Cases"], ...rows], [1, 2])] : []),
  ];
}

const unfitted = {
  missing: "nothing was fitted yet",
  damaged: "similarity.json can't be read",
  outdated: "similarity.json is of other encoders",
};

function saySimilarity({ state, version, cases }: LibraryStatus["similarity"]): string {
  if (state === "fitted") return `Similar cases compared by a fit to ${count(cases, "case")} (${version}).`;
  return `Similar cases compared without a fit: ${unfitted[state]}; run: medrounds library fit`;
}
