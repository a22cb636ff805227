import { type Command, Option } from "commander";
import type { PolicyChoice } from "#assembly";

/** Adds the options that say which model decides, and how. */
export function addModelOptions(command: Command): Command {
  const options = [
    new Option(
      "--policy <name>",
      "how to decide (default: reader without a model, tools with one; or MEDROUNDS_POLICY)",
    ).choices(["reader", "tags", "tools"]),
    new Option(
      "--endpoint <url>",
      "a chat model's address, or “local” for the one on this machine (or MEDROUNDS_ENDPOINT)",
    ),
    new Option("--model <name>", "the chat model's name (or MEDROUNDS_MODEL; key: MEDROUNDS_API_KEY)"),
    new Option(
      "--provider <name>",
      "openai-compatible, openai, google or anthropic (default: by the address; or MEDROUNDS_PROVIDER)",
    ),
    new Option(
      "--config <file>",
      "the configuration file (default: medrounds.yaml where there is one; or MEDROUNDS_CONFIG)",
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup("Which model decides:"));
  return command;
}

/** Only the options that say which model decides, of those that were given. */
export function modelChoice({ policy, endpoint, model, provider, config }: PolicyChoice): PolicyChoice {
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(model === undefined ? {} : { model }),
    ...(provider === undefined ? {} : { provider }),
    ...(config === undefined ? {} : { config }),
  };
}
