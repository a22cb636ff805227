import type { Command } from "commander";
import type { CommandContext } from "../context.ts";
import { exportCommand } from "./export.ts";
import { launchCommand } from "./launch.ts";
import { makeCommand } from "./make.ts";
import { planCommand } from "./plan.ts";
import { rolloutsCommand } from "./rollouts.ts";
import { scoreCommand } from "./score.ts";

/** The subcommands of `train`, in the order in which help shows them. */
export const trainCommands: readonly ((context: CommandContext) => Command)[] = [
  makeCommand,
  rolloutsCommand,
  exportCommand,
  scoreCommand,
  planCommand,
  launchCommand,
];
