import { Command } from "commander";
import { type CommandContext, examples } from "./context.ts";
import { evalCommands } from "./eval/list.ts";

/** `eval` and its subcommands. */
export function evalCommand(context: CommandContext): Command {
  const command = new Command("eval").description(
    "measure how well the system works, on data with known answers",
  );
  for (const make of evalCommands) command.addCommand(make(context));
  return command.addHelpText(
    "after",
    examples(
      "medrounds eval retrieval --beir scifact/",
      "medrounds eval cases --manifest xrays/manifest.jsonl",
    ),
  );
}
