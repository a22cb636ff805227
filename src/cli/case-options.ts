import { type Command, InvalidArgumentError, Option } from "commander";
import type { Box, CaseFilter } from "#contracts";
import { collect, wholeNumber } from "./read-options.ts";

/** What a person gave of the options that say which cases are found. */
export type CaseOptions = {
  box?: Box;
  kind?: string[];
  modality?: string[];
  view?: string[];
  organ?: string[];
  label?: string[];
  withoutLabel?: string[];
  perLabel?: number;
  diverse?: boolean;
  samePatient?: boolean;
  why?: boolean;
};

/** Most of the same patient's cases that are listed. */
const samePatientShown = 10;

/** Adds the options that say which cases are found, and what is told of them. */
export function addCaseOptions(command: Command): Command {
  const options = [
    new Option(
      "--box <x,y,width,height>",
      "look at this part of the image alone, in pixels or in shares (0–1) of it",
    ).argParser(readBox),
    new Option("--kind <name>", "only cases of this kind, such as chest-frontal or histology; repeatable"),
    new Option("--modality <name>", "only cases of this modality; repeatable"),
    new Option("--view <name>", "only cases of this view, such as PA; repeatable"),
    new Option("--organ <name>", "only cases of this organ; repeatable"),
    new Option("--label <name>", "only cases with this label; repeatable"),
    new Option("--without-label <name>", "no cases with this label; repeatable"),
    new Option("--per-label <n>", "also the best n cases of each label").argParser(wholeNumber(1, 100)),
    new Option("--diverse", "of cases that are alike only the best one"),
    new Option("--same-patient", "list the same patient's other cases apart"),
    new Option("--why", "say what each case shares with the image, and where the two match"),
  ];
  for (const option of options) {
    if (option.description.endsWith("repeatable")) option.argParser(collect);
    command.addOption(option.helpGroup("Which cases are found:"));
  }
  return command;
}

/** The options as a search takes them; only those that were given. */
export function caseSearchOptions(options: CaseOptions) {
  const { box, perLabel, diverse, samePatient } = options;
  const filter = readFilter(options);
  return {
    ...(box === undefined ? {} : { box }),
    ...(filter === undefined ? {} : { filter }),
    ...(perLabel === undefined ? {} : { perLabel }),
    ...(diverse ? { diverse } : {}),
    ...(samePatient ? { samePatient: samePatientShown } : {}),
  };
}

function readFilter({
  kind,
  modality,
  view,
  organ,
  label,
  withoutLabel,
}: CaseOptions): CaseFilter | undefined {
  const given = [kind, modality, view, organ, label, withoutLabel];
  if (given.every((values) => values === undefined)) return undefined;
  return { facets: { kind, modality, view, organ }, labels: label, withoutLabels: withoutLabel };
}

function readBox(value: string): Box {
  const [x = 0, y = 0, width = 0, height = 0, ...more] = value.split(",").map((part) => {
    return part.trim() === "" ? Number.NaN : Number(part);
  });
  const isBox = more.length === 0 && x >= 0 && y >= 0 && width > 0 && height > 0;
  if (isBox && [x, y, width, height].every(Number.isFinite)) return { x, y, width, height };
  throw new InvalidArgumentError("It must be four numbers, as in 120,80,200,160: x,y,width,height.");
}
