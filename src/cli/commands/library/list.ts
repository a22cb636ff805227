import { addCommand } from "./add.ts";
import { auditCommand } from "./audit.ts";
import { distillCommand } from "./distill.ts";
import { doctorCommand } from "./doctor.ts";
import { embedCommand } from "./embed.ts";
import { fetchCommand } from "./fetch.ts";
import { fitCommand } from "./fit.ts";
import { recipesCommand } from "./recipes.ts";
import { removeCommand } from "./remove.ts";
import { statusCommand } from "./status.ts";

/** The subcommands of `library`, in the order in which help shows them. */
export const libraryCommands = [
  addCommand,
  embedCommand,
  fitCommand,
  statusCommand,
  doctorCommand,
  removeCommand,
  recipesCommand,
  fetchCommand,
  distillCommand,
  auditCommand,
];
