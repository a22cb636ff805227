import { Command } from "commander";
import type { SuiteRun, SuiteRunRequest } from "#assembly";
import { createProgress } from "../../progress.ts";
import { collect, readShard, wholeNumber } from "../../read-options.ts";
import { count } from "../../render/count.ts";
import { keepHeapSmall } from "../../small-heap.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";
import { renderArms } from "./render-arms.ts";
import { dollars, renderPlan, sayLeftOut } from "./render-plan.ts";

type RunOptions = {
  out: string;
  limit?: number;
  shard?: { index: number; count: number };
  reuse?: string[];
  maxFailures: number;
  dryRun?: boolean;
  json?: boolean;
};

/** `eval run`. */
export function runCommand(context: CommandContext): Command {
  return new Command("run")
    .summary("ask a suite's questions, and score the answers")
    .description(
      "ask what a suite says: its data sets, of each of its models, under each of its conditions. The same command again goes on where an earlier one stopped, and asks again what failed",
    )
    .argument("<suite>", "a YAML file (docs/guides/evaluate-answers.md)")
    .requiredOption("--out <dir>", "the run's folder: a new one, or that of the run to go on with")
    .option("--limit <n>", "at most so many samples of each data set", wholeNumber(1, 10_000_000))
    .option("--shard <i/n>", "only a part of the samples, as 2/8; the parts share one folder", readShard)
    .option("--reuse <dir>", "take answers over from another run where nothing differs; repeat it", collect)
    .option(
      "--max-failures <n>",
      "exit with 1 where more samples than this failed for good",
      wholeNumber(0, 10_000_000),
      0,
    )
    .option("--dry-run", "ask nothing; tell what would be asked, and what it would cost at the most")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds eval run suite.yaml --out runs/first --dry-run",
        "medrounds eval run suite.yaml --out runs/first --limit 20",
        "medrounds eval run suite.yaml --out runs/first --shard 2/8",
      ),
    )
    .action(async (file: string, options: RunOptions) => {
      const { out, limit, shard, reuse, maxFailures, dryRun, json } = options;
      if (dryRun) return showPlan({ file, folder: out, limit, shard, reuse }, { context, json });
      const request = { file, folder: out, limit, shard, reuse };
      const run = await runShowingProgress(request, context);
      if (json) context.printJson(run);
      else tellRun(run, context.terminal);
      if (run.stopped.length > 0 || run.progress.failed > maxFailures) context.exit(1);
    });
}

async function showPlan(
  request: Pick<SuiteRunRequest, "file" | "folder" | "limit" | "shard" | "reuse">,
  { context, json = false }: { context: CommandContext; json?: boolean | undefined },
): Promise<void> {
  const { planSuite } = await import("#assembly");
  const { terminal, signal, printJson } = context;
  const plan = await planSuite({ ...request, signal });
  if (json) printJson(plan);
  else for (const line of renderPlan(plan, terminal)) terminal.write(line);
}

async function runShowingProgress(request: SuiteRunRequest, { signal }: CommandContext): Promise<SuiteRun> {
  keepHeapSmall();
  const { runSuite } = await import("#assembly");
  const bar = createProgress("Asking");
  let left: number | undefined;
  let asked = { items: 0, share: 0, refused: 0 };
  let more: string[] = [];
  try {
    return await runSuite({
      ...request,
      signal,
      onProgress({ tasks, answered, answeredNow, failed, costMicrodollars: cost }) {
        left = tasks - answered;
        const open = Math.max(1, tasks - answered + answeredNow);
        asked = { items: answeredNow, share: answeredNow / open, refused: 0 };
        more = [
          ...(answered > answeredNow ? [`${answered} of ${tasks} in all`] : []),
          ...(failed > 0 ? [`${failed} failed`] : []),
          ...(cost === null ? [] : [dollars(cost)]),
        ];
        bar.show(asked, more);
      },
      onDescribing: ({ done, of }) =>
        bar.show(asked, [...more, `${done} of ${count(of, "image")} described`]),
    });
  } finally {
    bar.end();
    if (signal.aborted && left !== undefined) {
      process.stderr.write(
        `${count(left, "answer")} still to come; those that were given are in ${plain(request.folder)}.\n`,
      );
    }
  }
}

function tellRun(
  { folder, progress, reused, failures, stopped, run, leaks, arms }: SuiteRun,
  terminal: Terminal,
): void {
  const { tasks, answered, answeredNow, failed, costMicrodollars } = progress;
  const now = answeredNow === answered ? "" : ` (${answeredNow} of them now)`;
  const cost = costMicrodollars === null ? "" : `, for ${dollars(costMicrodollars)}`;
  const parts = [
    `${answered} of ${tasks} answers${now}${cost}`,
    ...(reused > 0 ? [`${reused} taken over`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  terminal.write(wrap(`${plain(run.name)}: ${parts.join(", ")}. In ${plain(folder)}.`, terminal.width));
  for (const line of ["", ...renderArms(arms, terminal), ""]) terminal.write(line);
  for (const { failure, samples } of failures) {
    const kind = `${count(samples, "sample")} (${failure.code})`;
    terminal.write(
      wrap(`Failed: ${kind}, as: ${plain(failure.message)} ${plain(failure.cure)}`, terminal.width),
    );
  }
  for (const { lane, failure } of stopped) {
    terminal.write(
      wrap(`Not asked on: ${plain(lane)}. ${plain(failure.message)} ${failure.cure}`, terminal.width),
    );
  }
  for (const { dataSet, of, sources, checked, samples } of leaks) {
    const what = of === "libraries" ? "what the libraries hold for" : "the examples shown under";
    const conditions = sources.map(plain).join(", ");
    const which = `${samples} of ${count(checked, "sample")} of ${plain(dataSet)}`;
    terminal.write(
      wrap(
        `Leaks: ${which} are related to ${what} ${conditions}; the report has the figures without them.`,
        terminal.width,
      ),
    );
  }
  for (const line of sayLeftOut(run.leftOut, terminal)) terminal.write(line);
  const warned = new Set(
    arms.flatMap(({ dataSet, figure }) =>
      (figure?.warnings ?? []).map((warning) => `${dataSet}: ${warning}`),
    ),
  );
  for (const note of [...run.notes, ...(run.scorings.at(-1)?.notes ?? [])].filter((one) => !warned.has(one)))
    terminal.write(wrap(`Note: ${plain(note)}`, terminal.width));
}
