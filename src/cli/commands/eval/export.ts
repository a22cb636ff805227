import { Command } from "commander";
import { count } from "../../render/count.ts";
import { plain, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type ExportOptions = { format: string; out: string; arm?: string; images: boolean; json?: boolean };

/** `eval export`. */
export function exportCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("export")
    .summary("write a run's answers for another program, as Inspect")
    .description(
      "write a scored run's samples, answers and scores in a form that another program reads; each arm has a file of its own. Inspect opens a log of any name, and lists those whose names begin with a time; a name that ends in .eval makes it the archive of which Inspect reads one sample at a time",
    )
    .argument("<dir>", "the run's folder")
    .requiredOption("--format <name>", "inspect, ralm-path or jsonl")
    .requiredOption(
      "--out <file>",
      "the file to write; of several arms, each has its id in front of the ending",
    )
    .option("--arm <id>", "only this arm")
    .option("--no-images", "leave the images out of Inspect's log")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds eval export runs/first --format inspect \\",
        "    --out logs/2026-01-01T09-00-00_first.eval",
        "medrounds eval export runs/first --format jsonl --out first.jsonl --arm ARM",
      ),
    )
    .action(async (folder: string, { images, json, ...options }: ExportOptions) => {
      const { exportRun } = await import("#assembly");
      const done = await exportRun({ folder, ...options, hasImages: images, signal });
      if (json) return printJson(done);
      for (const { file, tasks } of done.files)
        terminal.write(`${plain(file)}: ${count(tasks, "answered or failed sample")}`);
      if (done.imagesMissing !== null) {
        terminal.write(wrap(`Note: without images. ${plain(done.imagesMissing)}`, terminal.width));
      }
    });
}
