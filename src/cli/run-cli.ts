import { Command } from "commander";
import { medicalNotice } from "#contracts";
import { productVersion } from "#platform";
import { askCommand } from "./commands/ask.ts";
import type { CommandContext } from "./commands/context.ts";
import { demoCommand } from "./commands/demo.ts";
import { libraryCommand } from "./commands/library.ts";
import { searchCommand } from "./commands/search.ts";
import { type ExitCode, reportError } from "./exit.ts";
import { openTerminal } from "./terminal.ts";

/** Runs one command and resolves to its exit code. Ctrl-C ends it cleanly, a second Ctrl-C at once. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  // A reader of our output that has left (… | head) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const context: CommandContext = {
    terminal: openTerminal(process.stdout),
    signal: interruption.signal,
    printJson: (document) => process.stdout.write(`${JSON.stringify(document)}\n`),
    exit: (wanted) => {
      code = wanted;
    },
  };
  try {
    await createProgram(context).parseAsync(args, { from: "user" });
  } catch (error) {
    code = reportError(error, args.includes("--json") || args.includes("--events"));
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
  return code;
}

function createProgram(context: CommandContext): Command {
  const commands = [libraryCommand, searchCommand, askCommand, demoCommand].map((make) => make(context));
  const program = new Command("medrounds")
    .description("Retrieval-grounded reasoning over medical images and text, with evidence anyone can check.")
    .version(productVersion(), "--version")
    .addHelpText("after", `\n${medicalNotice}`);
  for (const command of commands) program.addCommand(command);
  for (const command of withSubcommands(program))
    command.exitOverride().showHelpAfterError("Run it with --help to see its arguments and examples.");
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
