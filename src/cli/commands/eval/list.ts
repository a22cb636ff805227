import { calibrateCommand } from "./calibrate.ts";
import { casesCommand } from "./cases.ts";
import { compareCommand } from "./compare.ts";
import { exemplarsCommand } from "./exemplars.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { reportCommand } from "./report.ts";
import { rescoreCommand } from "./rescore.ts";
import { retrievalCommand } from "./retrieval.ts";
import { runCommand } from "./run.ts";

/** The subcommands of `eval`, in the order in which help shows them. */
export const evalCommands = [
  runCommand,
  rescoreCommand,
  reportCommand,
  compareCommand,
  retrievalCommand,
  casesCommand,
  exemplarsCommand,
  importCommand,
  exportCommand,
  calibrateCommand,
];
