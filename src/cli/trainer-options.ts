import { type Command, InvalidArgumentError, Option } from "commander";
import type { ServerOptions } from "#server";

export type TrainerOptions = {
  emptyAlarm?: number;
  batchQueries?: number;
  batchTop?: number;
  batchPassages?: number;
  queryCharacters?: number;
};

/** Adds what trainers' batches may ask for, and when their empty results raise an alarm. */
export function addTrainerOptions(command: Command): Command {
  const options = [
    new Option(
      "--empty-alarm <share>",
      "raise an alarm when this share of the last 200 queries finds nothing (default: 0.5)",
    ).argParser(readShare),
    limit("--batch-queries <n>", "the most queries of a batch (default: 10000)"),
    limit("--batch-top <n>", "the most passages for one query (default: 1000)"),
    limit("--batch-passages <n>", "the most passages of a batch in all (default: 50000)"),
    limit("--query-characters <n>", "how much of a query is searched for (default: 4000)"),
  ];
  for (const option of options) command.addOption(option.helpGroup("Trainers, at /queries and /retrieve:"));
  return command;
}

export function readTrainerOptions({
  emptyAlarm,
  batchQueries,
  batchTop,
  batchPassages,
  queryCharacters,
}: TrainerOptions): Pick<ServerOptions, "limits" | "emptyResultsAlarm"> {
  const limits = {
    ...(batchQueries === undefined ? {} : { batchQueries }),
    ...(batchTop === undefined ? {} : { batchTop }),
    ...(batchPassages === undefined ? {} : { batchPassages }),
    ...(queryCharacters === undefined ? {} : { queryCharacters }),
  };
  return { limits, ...(emptyAlarm === undefined ? {} : { emptyResultsAlarm: { share: emptyAlarm } }) };
}

function limit(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value) => {
    if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
    throw new InvalidArgumentError("It must be a whole number above 0.");
  });
}

function readShare(value: string): number {
  const share = Number(value);
  if (value.trim() !== "" && share > 0 && share <= 1) return share;
  throw new InvalidArgumentError("It must be above 0 and at most 1.");
}
