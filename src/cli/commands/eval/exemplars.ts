import { Command, Option } from "commander";
import type { ExemplarsRequest, WrittenExemplars } from "#assembly";
import { createProgress } from "../../progress.ts";
import { readShare, wholeNumber } from "../../read-options.ts";
import { count } from "../../render/count.ts";
import { plain, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type ExemplarsOptions = Omit<ExemplarsRequest, "path" | "asks" | "split" | "choice"> & {
  exemplars: ExemplarsRequest["choice"];
  split?: number;
  part?: string;
  json?: boolean;
};

/** `eval exemplars`. */
export function exemplarsCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("exemplars")
    .summary("write a data set's questions with solved examples, as RALM-Path's files")
    .description(
      "write the questions of a data set of images with solved examples, in the structure of RALM-Path's record files. Examples are never of the question's patient or slide. A suite reads the file with records: or barred:",
    )
    .argument("<data>", "the data set: file or folder")
    .requiredOption("--out <file>", "the JSON file to write")
    .option("--per-class <n>", "examples of each class; 0 for questions alone", wholeNumber(0, 100), 1)
    .addOption(
      new Option("--exemplars <how>", "how examples are chosen")
        .choices(["similar", "random"])
        .default("similar"),
    )
    .option(
      "--split <share>",
      "ask about this share of the samples, with no patient or slide on both sides; the others are examples",
      readShare,
    )
    .option(
      "--asked <file>",
      "ask about what this file of records asks, and show nothing of it as an example",
    )
    .option(
      "--as-published",
      "as RALM-Path does: 2 % of each class are asked about, patients and slides on both sides, examples in the order of the options",
    )
    .addOption(
      new Option("--options <order>", "order of the options").choices(["fixed", "random"]).default("fixed"),
    )
    .option("--prompt <file>", "wording of your own, with the keys of recipes/prompts/few-shot/records.yaml")
    .option("--format <name>", "published form of the data set; found out where left out")
    .option("--images <dir>", "folder of the images, where it is not the data set's own")
    .option("--class-field <field>", "field of a manifest that holds the class that is asked about")
    .option("--part <name>", "only this part of the data set, as it names its splits")
    .option("--seed <n>", "another seed draws other samples and examples", wholeNumber(0, 2 ** 31 - 1), 1)
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds eval exemplars data/patches --out asked.json --per-class 0 --split 0.02",
        "medrounds eval exemplars data/patches --out one-shot.json --asked asked.json",
        "medrounds eval exemplars data/patches --out published.json --as-published",
      ),
    )
    .action(async (path: string, given: ExemplarsOptions) => {
      const { json, exemplars: choice, split: asks, part: split, asPublished = false, ...options } = given;
      const { writeExemplars } = await import("#assembly");
      const bar = createProgress("Describing images");
      const written = await writeExemplars({
        ...{ ...options, path, choice, asks, split, asPublished, signal },
        onDescribing: ({ done, of }) => bar.show({ items: done, share: done / of, refused: 0 }),
      }).finally(() => bar.end());
      if (json) return printJson(written);
      for (const line of renderWritten(written)) terminal.write(wrap(line, terminal.width));
    });
}

const namesTold = 10;

function renderWritten(written: WrittenExemplars): string[] {
  const { file, records, asked, pool, left, unknown, short, notCompared, refused } = written;
  const { checked, touched, reasons } = written;
  const why = Object.entries(reasons).map(([reason, amount]) => `${reason} ${amount}`);
  const shared = touched === 0 ? "none" : `${touched} (${why.join(", ")})`;
  const more = left.length - namesTold;
  return [
    `${plain(file)}: ${count(records, "record")} of ${count(asked, "sample")} asked about; examples from ${count(pool, "sample")}.`,
    ...(checked === 0 ? [] : [`With an example of the same image, patient or slide: ${shared}.`]),
    ...(short === 0 ? [] : [`${count(short, "record")} with fewer examples than wanted.`]),
    ...(notCompared === 0
      ? []
      : [`${count(notCompared, "record")} with drawn examples: the image cannot be read.`]),
    ...(unknown.length === 0
      ? []
      : [`${count(unknown.length, "image")} to be asked about not found, as ${plain(unknown[0] ?? "")}.`]),
    ...(refused === 0 ? [] : [`${count(refused, "row")} of the data set refused.`]),
    ...left
      .slice(0, namesTold)
      .map(({ sourceId, reason }) => `Left out: ${plain(sourceId)}. ${plain(reason)}`),
    ...(more > 0 ? [`… and ${more} more; --json names all.`] : []),
  ];
}
