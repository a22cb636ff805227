import { Command } from "commander";
import { hang, type Terminal } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

/** `library recipes`. */
export function recipesCommand({ terminal, printJson }: CommandContext): Command {
  return new Command("recipes")
    .summary("public corpora that can be fetched")
    .description(
      "public corpora that can be fetched: what they hold, their license and size, where they come from",
    )
    .option("--json", "print one JSON document")
    .addHelpText("after", examples("medrounds library recipes", "medrounds library fetch medrag-textbooks"))
    .action(async ({ json }: { json?: boolean }) => {
      const { readRecipes } = await import("#assembly");
      const recipes = await readRecipes();
      if (json) {
        printJson({ recipes });
        return;
      }
      for (const [index, { name, title, holds, license, bytes, page }] of recipes.entries()) {
        if (index > 0) terminal.write("");
        terminal.write(`${terminal.paint("strong", name)}  ${title}, about ${sayBytes(bytes)}`);
        for (const line of [holds, `License: ${license}`, page]) terminal.write(indented(line, terminal));
      }
    });
}

function indented(line: string, { width }: Terminal): string {
  return `  ${hang(line, width, "  ")}`;
}

/** "8.5 kB", "8.5 MB", "212 MB", "70.0 GB", in powers of ten. */
export function sayBytes(bytes: number): string {
  if (bytes < 1e5) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${(bytes / 1e6).toFixed(bytes >= 1e8 ? 0 : 1)} MB`;
}
