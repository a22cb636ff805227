import type { Command } from "commander";
import type { CommandContext } from "../context.ts";

/** The subcommands of `train`, in the order in which help shows them. */
export const trainCommands: readonly ((context: CommandContext) => Command)[] = [];
