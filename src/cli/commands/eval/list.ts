import { casesCommand } from "./cases.ts";
import { retrievalCommand } from "./retrieval.ts";

/** The subcommands of `eval`, in the order in which help shows them. */
export const evalCommands = [retrievalCommand, casesCommand];
