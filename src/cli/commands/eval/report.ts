import { Command, Option } from "commander";
import { MedRoundsError } from "#contracts";
import { collect } from "../../read-options.ts";
import { plain } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";
import { saveText, tellPage } from "./written-report.ts";

type ReportOptions = {
  format: string;
  out?: string;
  images: boolean;
  threshold?: string[];
};

const formats = ["html", "markdown", "csv", "latex", "junit", "json"];

/** `eval report`. */
export function reportCommand(context: CommandContext): Command {
  return new Command("report")
    .summary("write a run's report: a page with every sample, or its figures")
    .description(
      "write a page that opens by itself, with all figures and every sample of a run; or its figures alone, for a paper, a spreadsheet or continuous integration",
    )
    .argument("<dir>", "the run's folder")
    .addOption(new Option("--format <name>", "what to write").choices(formats).default("html"))
    .option(
      "--out <file>",
      "where to (default: report/report.html in the run's folder, others to the terminal)",
    )
    .option("--no-images", "leave the samples' images out of the page")
    .option(
      "--threshold <metric=value>",
      "exit with 1, and fail in junit, where an arm's figure is below; repeat it",
      collect,
    )
    .addHelpText(
      "after",
      examples(
        "medrounds eval report runs/first",
        "medrounds eval report runs/first --format latex --out table.tex",
        "medrounds eval report runs/first --format junit --threshold accuracy=0.7",
      ),
    )
    .action((folder: string, options: ReportOptions) => report(folder, options, context));
}

async function report(folder: string, options: ReportOptions, context: CommandContext): Promise<void> {
  const { format, out, images } = options;
  const { terminal, signal } = context;
  const thresholds = (options.threshold ?? []).map(readThreshold);
  const assembly = await import("#assembly");
  if (format === "html") {
    const written = await assembly.writeReportPage({ folder, out, hasImages: images, signal });
    tellPage(written, terminal);
    return tellBelow(assembly.sayBelow(written.report, thresholds), context);
  }
  const figures = await assembly.readReport({ folder, signal });
  const text = assembly.renderReport(figures, { format, thresholds });
  if (out === undefined) process.stdout.write(text);
  else await saveText(out, text);
  tellBelow(assembly.sayBelow(figures, thresholds), context);
}

/** Beside what is printed, which may be read by a program. */
function tellBelow(sentences: readonly string[], { exit }: CommandContext): void {
  for (const sentence of sentences) process.stderr.write(`${plain(sentence)}\n`);
  if (sentences.length > 0) exit(1);
}

function readThreshold(text: string): { metric: string; least: number } {
  const [, metric = "", value = ""] = /^([^=]{1,60})=(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (metric !== "") return { metric, least: Number(value) };
  const message = `A threshold is a metric and a number, as accuracy=0.7; ${text.slice(0, 40)} is none.`;
  throw new MedRoundsError("usage-invalid", message);
}
