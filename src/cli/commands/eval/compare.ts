import { Command, Option } from "commander";
import type { AnswerRunComparison } from "#assembly";
import { wholeNumber } from "../../read-options.ts";
import { showInterval, signed } from "../../render/figures.ts";
import { renderTable } from "../../render/table.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";
import { saveText, tellPage } from "./written-report.ts";

type CompareOptions = { format: string; out?: string; images: boolean; flips: number; json?: boolean };

const formats = ["text", "html", "markdown", "csv", "latex", "junit"];

/** `eval compare`. */
export function compareCommand(context: CommandContext): Command {
  return new Command("compare")
    .summary("two runs beside each other")
    .description(
      "what the second run gains over the first: arms of the same names on the tasks that both have, with intervals, a paired test and the samples that flipped; as a page, with both answers to every sample beside each other",
    )
    .argument("<first>", "a run's folder")
    .argument("<second>", "another's")
    .addOption(new Option("--format <name>", "what to write").choices(formats).default("text"))
    .option("--out <file>", "where to (default: comparison.html for a page, others to the terminal)")
    .option("--no-images", "leave the samples' images out of the page")
    .option("--flips <n>", "of text, show at most so many samples an arm", wholeNumber(0, 1_000_000), 10)
    .option("--json", "print one JSON document, with every flip")
    .addHelpText(
      "after",
      examples(
        "medrounds eval compare runs/before runs/after",
        "medrounds eval compare runs/before runs/after --format html --out after.html",
      ),
    )
    .action((first: string, second: string, options: CompareOptions) =>
      compare({ first, second }, options, context),
    );
}

async function compare(
  runs: { first: string; second: string },
  { format, out, images, flips, json }: CompareOptions,
  { terminal, signal, printJson }: CommandContext,
): Promise<void> {
  const assembly = await import("#assembly");
  if (json || format === "text") {
    const comparison = await assembly.compareAnswerRuns({ ...runs, signal });
    if (json) return printJson(comparison);
    const lines = renderComparison(comparison, { terminal, flips });
    if (out !== undefined) return saveText(out, `${lines.join("\n")}\n`);
    for (const line of lines) terminal.write(line);
    return;
  }
  const { first: folder, second } = runs;
  if (format === "html") {
    const file = out ?? "comparison.html";
    const written = await assembly.writeReportPage({ folder, second, out: file, hasImages: images, signal });
    return tellPage(written, terminal);
  }
  const text = assembly.renderReport(await assembly.readReport({ folder, second, signal }), {
    ...{ format, thresholds: [] },
  });
  if (out === undefined) process.stdout.write(text);
  else await saveText(out, text);
}

function renderComparison(
  { first, second, arms, alone, notes }: AnswerRunComparison,
  { terminal, flips }: { terminal: Terminal; flips: number },
): string[] {
  const rows = arms.map(({ second: arm, gain }) => [
    plain(arm),
    signed(gain.difference),
    showInterval(gain.interval ? [...gain.interval] : null),
    gain.adjusted.toFixed(4),
    String(gain.samples),
    String(gain.gained),
    String(gain.lost),
  ]);
  const head = ["arm", "difference", "95 % interval", "p (Holm)", "tasks", "gained", "lost"];
  return [
    wrap(`${plain(second)} − ${plain(first)}:`, terminal.width),
    ...(rows.length > 0 ? renderTable([head, ...rows], [1, 3, 4, 5, 6]) : ["They have no task in common."]),
    ...notes.map((note) => wrap(`Note: ${plain(note)}`, terminal.width)),
    ...arms.flatMap((pair) => renderArm(pair, { terminal, flips })),
    ...(alone.length > 0 ? ["", wrap(`Not compared: ${alone.map(plain).join(", ")}.`, terminal.width)] : []),
  ];
}

function renderArm(
  { second, gain, flips }: AnswerRunComparison["arms"][number],
  { terminal, flips: most }: { terminal: Terminal; flips: number },
): string[] {
  const shown = flips
    .slice(0, most)
    .map((flip) => [
      flip.isGain ? "gained" : "lost",
      plain(flip.sourceId).slice(0, 40),
      plain(flip.first).slice(0, 40),
      plain(flip.second).slice(0, 40),
    ]);
  const left = flips.length - shown.length;
  return [
    "",
    wrap(`${plain(second)}: ${gain.sentences.join(" ")}`, terminal.width),
    ...(shown.length > 0 ? renderTable([["", "sample", "first", "second"], ...shown]) : []),
    ...(left > 0 && most > 0 ? [`… and ${left} more; --json lists all.`] : []),
  ];
}
