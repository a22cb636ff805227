import { Command } from "commander";
import { type CommandContext, examples } from "./context.ts";
import { trainCommands } from "./train/list.ts";

/** `train` and its subcommands. */
export function trainCommand(context: CommandContext): Command {
  const command = new Command("train").description(
    "rewards, rollouts and data for engines that train models that search",
  );
  for (const make of trainCommands) command.addCommand(make(context));
  return command.addHelpText("after", examples("medrounds train score completions.jsonl --profile hybrid"));
}
