import { Command } from "commander";
import type { LaunchEvent } from "#assembly";
import { wholeNumber } from "../../read-options.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

/** Metrics that a line on the terminal names, where a trainer tells them. */
const shownMetrics = [
  "loss",
  "reward",
  "kl",
  "critic/score/mean",
  "actor/pg_loss",
  "completions/mean_length",
];

/** `train launch`. */
export function launchCommand({ terminal, signal }: CommandContext): Command {
  return new Command("launch")
    .summary("run a plan of train plan")
    .description(
      "run a plan: its services, then each stage from its newest checkpoint, with metrics on a live page; Ctrl-C stops it, the same command goes on",
    )
    .argument("<dir>", "the plan's folder")
    .option("--port <n>", "the port of the live page; 0 picks one", wholeNumber(0, 65_535), 0)
    .addHelpText("after", examples("medrounds train launch ./run"))
    .action(async (folder: string, { port }: { port: number }) => {
      const { launchTraining } = await import("#assembly");
      const program = [process.execPath, ...process.execArgv, process.argv[1] ?? ""];
      const onEvent = (event: LaunchEvent) => tell(terminal, event);
      const { flags } = await launchTraining({ folder, program, port, signal, onEvent });
      terminal.write("Every stage has ended well.");
      if (flags.length > 0) terminal.write(`The run is flagged: ${flags.join(", ")}.`);
    });
}

function tell(terminal: Terminal, event: LaunchEvent): void {
  const line = wordsOf(event);
  if (line !== undefined) terminal.write(wrap(plain(line), terminal.width));
}

function wordsOf(event: LaunchEvent): string | undefined {
  switch (event.type) {
    case "page":
      return `Metrics are at ${event.url}`;
    case "services-ready":
      return `Services are ready: ${event.names.join(", ")}.`;
    case "stage-start":
      return `Stage ${event.stage}${event.checkpoint === undefined ? "" : `, going on from ${event.checkpoint}`} …`;
    case "stage-end":
      return `Stage ${event.stage} has ended well.`;
    case "notice":
      return event.message;
    case "metrics": {
      const { step, values } = event.metrics;
      const shown = shownMetrics.flatMap((name) => {
        const value = values[name];
        return value === undefined
          ? []
          : [`${name} ${value === null ? "not a number" : value.toPrecision(4)}`];
      });
      if (shown.length === 0) return undefined;
      return [...(step === null ? [] : [`step ${step}`]), ...shown].join(" · ");
    }
  }
}
