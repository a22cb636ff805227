import { Command } from "commander";
import type { LibraryOverlap } from "#assembly";
import { createProgress } from "../../progress.ts";
import { collect, readShare } from "../../read-options.ts";
import { count } from "../../render/count.ts";
import { renderLeakSummary } from "../../render/overlap.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type OverlapOptions = { library: string; testSet: string[]; maxOverlap: number; json?: boolean };

/** `library overlap`. */
export function overlapCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("overlap")
    .summary("how much of test sets a library's passages hold")
    .description("how much of test sets a library's passages hold: a report to put next to every score")
    .requiredOption(
      "--test-set <file>",
      "questions: JSON lines, BEIR queries or MIRAGE's benchmark.json; repeat it",
      collect,
    )
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--max-overlap <share>", "tell what shares more than this with a test question", readShare, 0.5)
    .option("--json", "print one JSON document, with every match")
    .addHelpText(
      "after",
      examples(
        "medrounds library overlap --test-set benchmark.json",
        "medrounds library overlap --test-set queries.jsonl --library ./kb --json",
      ),
    )
    .action(async ({ library: folder, testSet, maxOverlap, json }: OverlapOptions) => {
      const { openLibraryAt, reportLibraryOverlap } = await import("#assembly");
      using library = await openLibraryAt(folder);
      const progress = createProgress("Comparing");
      const overlap = await reportLibraryOverlap({
        library,
        testSets: testSet,
        maximum: maxOverlap,
        signal,
        onProgress: progress.show,
      }).finally(progress.end);
      if (json) printJson(overlap);
      else for (const line of renderOverlap(overlap, terminal)) terminal.write(line);
    });
}

const leaksShown = 10;

function renderOverlap(overlap: LibraryOverlap, terminal: Terminal): string[] {
  const { library, passages, leaking, testSets, seconds } = overlap;
  const shown = leaking.slice(0, leaksShown).map(({ passage, leaks }) => {
    const met = leaks.map(({ set, id, reason }) => `${plain(set)} ${plain(id)} (${reason})`).join(", ");
    return wrap(`${plain(passage)}: ${met}`, terminal.width, "  ");
  });
  const more = leaking.length - shown.length;
  return [
    wrap(
      `${plain(library)}: ${count(leaking.length, "passage")} of ${passages} hold a test question, compared in ${seconds.toFixed(1)} s.`,
      terminal.width,
    ),
    "",
    ...renderLeakSummary(testSets),
    "",
    wrap(
      "Copies and light edits are seen, paraphrases are not; short questions (under six words) are not looked for.",
      terminal.width,
    ),
    ...(shown.length > 0 ? ["", "Passages:", ...shown] : []),
    ...(more > 0 ? [`… and ${more} more; --json lists all.`] : []),
  ];
}
