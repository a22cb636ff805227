import { Command } from "commander";
import { type CommandContext, examples } from "./context.ts";
import { libraryCommands } from "./library/list.ts";

/** `library` and its subcommands. */
export function libraryCommand(context: CommandContext): Command {
  const command = new Command("library").description(
    "what can be searched: add files to it, see what it holds",
  );
  for (const make of libraryCommands) command.addCommand(make(context));
  return command.addHelpText("after", examples("medrounds library add xrays/", "medrounds library status"));
}
