import { addCommand } from "./add.ts";
import { distillCommand } from "./distill.ts";
import { doctorCommand } from "./doctor.ts";
import { embedCommand } from "./embed.ts";
import { fetchCommand } from "./fetch.ts";
import { overlapCommand } from "./overlap.ts";
import { recipesCommand } from "./recipes.ts";
import { removeCommand } from "./remove.ts";
import { statusCommand } from "./status.ts";

/** The subcommands of `library`, in the order in which help shows them. */
export const libraryCommands = [
  addCommand,
  embedCommand,
  statusCommand,
  doctorCommand,
  removeCommand,
  recipesCommand,
  fetchCommand,
  distillCommand,
  overlapCommand,
];
