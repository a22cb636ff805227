import { Command, InvalidArgumentError, Option } from "commander";
import { createProgress } from "../../progress.ts";
import { collect, readShare, wholeNumber } from "../../read-options.ts";
import { keepHeapSmall } from "../../small-heap.ts";
import { plain } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";
import { renderExport } from "./render-export.ts";

const difficulties = ["always", "sometimes", "never", "unknown"] as const;
type Difficulty = (typeof difficulties)[number];

type ExportOptions = {
  engine: string;
  kind: string;
  out: string;
  difficulty?: Difficulty[];
  best?: number;
  minReward?: number;
  withWrong?: boolean;
  pairs: number;
  margin: number;
  validation: number;
  seed: number;
  against?: string[];
  maxOverlap: number;
  json?: boolean;
};

/** `train export`. */
export function exportCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("export")
    .summary("write rollouts as data that a training engine reads")
    .description(
      "write rollouts as an engine's data, with what the environment wrote masked, a data card and all that failed the check kept apart with its reason. Only right answers are learned from unless --with-wrong says otherwise; questions that an evaluation set has as well are kept apart (--against)",
    )
    .argument("<dirs...>", "folders of rollouts, as train rollouts writes them")
    .addOption(
      new Option("--engine <name>", "who is to read it")
        .choices(["ms-swift", "trl", "verl"])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--kind <kind>", "rows to imitate, preference pairs, or prompts for reinforcement learning")
        .choices(["sft", "dpo", "grpo"])
        .makeOptionMandatory(),
    )
    .requiredOption("--out <dir>", "a new folder, or an empty one")
    .option(
      "--difficulty <list>",
      "only questions that the tries answered always, sometimes, never or unknown, as sometimes,never",
      readDifficulties,
    )
    .option(
      "--best <n>",
      "of each question at most so many tries, the best by reward",
      wholeNumber(1, 10_000),
    )
    .option("--min-reward <x>", "only tries of at least this reward", readNumber)
    .option("--with-wrong", "learn from wrong answers and rounds without one, too")
    .option("--pairs <n>", "of each question at most so many pairs", wholeNumber(1, 1_000), 1)
    .option(
      "--margin <x>",
      "by how much the better reward of a pair exceeds the worse at the least",
      readNumber,
      0,
    )
    .option(
      "--validation <share>",
      "of the groups (patient, slide, article) for validation, 0 to 1",
      readShare,
      0,
    )
    .option("--seed <n>", "another seed draws another split", wholeNumber(0, 2 ** 31 - 1), 1)
    .option(
      "--against <data>",
      "an evaluation set whose questions and images are kept apart; repeat it",
      collect,
    )
    .option("--max-overlap <share>", "of a text that a question may share with them", readShare, 0.5)
    .option("--json", "print one JSON document: the manifest")
    .addHelpText(
      "after",
      examples(
        "medrounds train export rollouts --engine ms-swift --kind sft --best 2 --out sft",
        "medrounds train export rollouts --engine trl --kind dpo --margin 0.5 --out pairs",
        "medrounds train export rollouts --engine verl --kind grpo \\",
        "    --difficulty sometimes --against data/medqa/test.jsonl --out grpo",
      ),
    )
    .action(async (folders: string[], { json, ...options }: ExportOptions) => {
      const { engine, kind, out, validation, seed, against = [], maxOverlap: maximumOverlap } = options;
      const { difficulty = [], best, minReward: minimumScore, withWrong = false, pairs, margin } = options;
      const selection = { difficulties: difficulty, withWrong, best, minimumScore, pairs, margin };
      keepHeapSmall();
      const { exportTrainingData } = await import("#assembly");
      const progress = createProgress("Exporting");
      const manifest = await exportTrainingData({
        ...{ folders, engine, kind, out, selection, validation, seed, against, maximumOverlap, signal },
        onProgress: ({ read, written }) =>
          progress.show({ items: read, share: 0, refused: 0 }, written > 0 ? [`${written} rows`] : []),
      }).finally(progress.end);
      if (json) printJson(manifest);
      else for (const line of renderExport(manifest, { out: plain(out), terminal })) terminal.write(line);
    });
}

function readDifficulties(value: string): Difficulty[] {
  return value.split(",").map((name) => {
    const found = difficulties.find((one) => one === name.trim());
    if (found) return found;
    throw new InvalidArgumentError(`Write some of ${difficulties.join(", ")}.`);
  });
}

function readNumber(value: string): number {
  const number = Number(value);
  if (value.trim() !== "" && Number.isFinite(number)) return number;
  throw new InvalidArgumentError("It must be a number.");
}
