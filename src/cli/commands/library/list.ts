import { addCommand } from "./add.ts";
import { statusCommand } from "./status.ts";

/** The subcommands of `library`, in the order in which help shows them. */
export const libraryCommands = [addCommand, statusCommand];
