import { Command } from "commander";
import { count } from "../../render/count.ts";
import { type CommandContext, examples } from "../context.ts";

/** `library fit`. */
export function fitCommand({ terminal, printJson }: CommandContext): Command {
  return new Command("fit")
    .summary("fit how similar cases are compared to a library's own cases")
    .description(
      "fit how similar cases are compared to a library's own cases, now; otherwise it is done when a quarter of them came or went, and after every removal",
    )
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--json", "print one JSON document")
    .addHelpText("after", examples("medrounds library fit", "medrounds library fit --library ./my-library"))
    .action(async ({ library: folder, json }: { library: string; json?: boolean }) => {
      const { fitLibrary, openLibraryAt } = await import("#assembly");
      using library = await openLibraryAt(folder);
      const report = await fitLibrary(library);
      if (json) printJson({ library: folder, ...report });
      else {
        const { cases, dimension, seconds } = report;
        terminal.write(
          cases === 0
            ? "The library holds no cases, so there is nothing to fit."
            : `Fitted to ${count(cases, "case")} (${dimension} dimensions) in ${seconds.toFixed(1)} s.`,
        );
      }
    });
}
