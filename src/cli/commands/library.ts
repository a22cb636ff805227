import { Command } from "commander";
import { type CommandContext, examples } from "./context.ts";
import { libraryCommands } from "./library/list.ts";

/** `library` and its subcommands. */
export function libraryCommand(context: CommandContext): Command {
  const command = new Command("library").description(
    "what can be searched: add to it, embed it, see what it holds, look for damage",
  );
  for (const make of libraryCommands) command.addCommand(make(context));
  return command.addHelpText(
    "after",
    examples(
      "medrounds library add xrays/ notes.md",
      "medrounds library embed --embedder onnx:models/all-MiniLM-L6-v2",
      "medrounds library fetch medrag-textbooks --add",
    ),
  );
}
