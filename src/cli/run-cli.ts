import { Command } from "commander";
import { MedRoundsError, medicalNotice } from "#contracts";
import { productVersion } from "#platform";
import { askCommand } from "./commands/ask.ts";
import { type CommandContext, examples } from "./commands/context.ts";
import { deidentifyCommand } from "./commands/deidentify.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { evalCommand } from "./commands/eval.ts";
import { imageCommand } from "./commands/image.ts";
import { libraryCommand } from "./commands/library.ts";
import { mockModelCommand } from "./commands/mock-model.ts";
import { recipesCommand } from "./commands/recipes.ts";
import { replayCommand } from "./commands/replay.ts";
import { searchCommand } from "./commands/search.ts";
import { serveCommand } from "./commands/serve.ts";
import { trainCommand } from "./commands/train.ts";
import { type ExitCode, reportError } from "./exit.ts";
import { chooseLibrary } from "./library-option.ts";
import { openTerminal, wrap } from "./terminal.ts";

/** Runs one command and resolves to its exit code. Ctrl-C ends it cleanly, a second Ctrl-C at once. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const { signal, release } = listenForInterruption();
  // A reader of our output that has left (… | head) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const context: CommandContext = {
    terminal: openTerminal(process.stdout),
    signal,
    printJson: (document) => process.stdout.write(`${JSON.stringify(document)}\n`),
    exit: (wanted) => {
      code = wanted;
    },
  };
  try {
    await createProgram(context).parseAsync(args, { from: "user" });
  } catch (error) {
    code = reportError(signal.aborted ? signal.reason : error, { json: args.includes("--json") });
  } finally {
    release();
  }
  return code;
}

/** npm passes Ctrl-C on to a program that has had it from the terminal already: within this time both are one. */
const sameInterruptionMilliseconds = 500;

function listenForInterruption(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let first = 0;
  const interrupt = () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort(new MedRoundsError("interrupted", "The command was interrupted."));
    } else if (performance.now() - first > sameInterruptionMilliseconds) process.exit(130);
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const release = () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  };
  return { signal: controller.signal, release };
}

function createProgram(context: CommandContext): Command {
  const commands = [
    libraryCommand,
    searchCommand,
    askCommand,
    replayCommand,
    recipesCommand,
    serveCommand,
    demoCommand,
    evalCommand,
    trainCommand,
    imageCommand,
    deidentifyCommand,
    doctorCommand,
    mockModelCommand,
  ].map((make) => make(context));
  const program = new Command("medrounds")
    .description("Retrieval-grounded reasoning over medical images and text, with evidence anyone can check.")
    .version(productVersion(), "--version")
    .addHelpText(
      "after",
      examples(
        "medrounds demo",
        "medrounds library add xrays/ notes.md",
        'medrounds ask "Is there a pleural effusion?" --image chest.png',
      ),
    )
    .addHelpText("after", wrap(medicalNotice, context.terminal.width));
  for (const command of commands) program.addCommand(command);
  program.hook("preAction", (_, command) => chooseLibrary(command));
  // What is wrong with a command line is reported like every other error.
  for (const command of withSubcommands(program))
    command.exitOverride().configureOutput({ outputError: () => {} });
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
