import { Command } from "commander";
import { plain, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";
import { renderArms } from "./render-arms.ts";

type RescoreOptions = { profile?: string; judge?: boolean; json?: boolean };

/** `eval rescore`. */
export function rescoreCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("rescore")
    .summary("score a run's answers again, without asking anything")
    .description(
      "read the answers of a run by another profile, and score them; the arms are not asked again, and the scores of before are kept",
    )
    .argument("<dir>", "the run's folder")
    .option(
      "--profile <name>",
      "how answers are read: medrounds, ralm-path, mirage, vlmevalkit (default: the suite's)",
    )
    .option("--judge", "have the suite's judge read and rate the answers, too; it is asked nothing twice")
    .option("--json", "print one JSON document")
    .addHelpText("after", examples("medrounds eval rescore runs/first --profile ralm-path"))
    .action(async (folder: string, { profile, judge, json }: RescoreOptions) => {
      const { rescoreRun } = await import("#assembly");
      const done = await rescoreRun({ folder, profile, judged: judge, signal });
      if (json) return printJson(done);
      terminal.write(wrap(`${plain(done.run.name)}, read as ${done.profile}:`, terminal.width));
      for (const line of renderArms(done.arms, terminal)) terminal.write(line);
      for (const note of done.run.scorings.at(-1)?.notes ?? [])
        terminal.write(wrap(`Note: ${plain(note)}`, terminal.width));
    });
}
