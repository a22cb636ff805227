import type { Command } from "commander";

/**
 * Gives a command that was told no library the one of the environment (MEDROUNDS_LIBRARY) or of the configuration file, where they name
 * one: its own default is the last resort.
 */
export async function chooseLibrary(command: Command): Promise<void> {
  if (command.getOptionValueSource("library") !== "default") return;
  const { defaultLibrary, readSettings } = await import("#assembly");
  if (command.getOptionValue("library") !== defaultLibrary) return;
  const { library } = await readSettings({ config: command.opts<{ config?: string }>().config });
  if (library !== undefined) command.setOptionValueWithSource("library", library.value, "config");
}
