import { Command, InvalidArgumentError, Option } from "commander";
import type { AskRequest, RetrievalChoice } from "#assembly";
import { type Option as Choice, MedRoundsError } from "#contracts";
import { addModelOptions } from "../model-options.ts";
import { collect, readShare, wholeNumber } from "../read-options.ts";
import { addRetrievalOptions, openSearch } from "../retrieval-options.ts";
import { type CommandContext, examples } from "./context.ts";
import { chooseForm, tellRound } from "./tell-round.ts";

type AskOptions = Pick<
  AskRequest,
  | "policy"
  | "grammar"
  | "endpoint"
  | "model"
  | "provider"
  | "config"
  | "patientId"
  | "slideId"
  | "confidenceThreshold"
  | "calibration"
  | "reconsideration"
  | "seed"
> &
  RetrievalChoice & {
    image?: string[];
    option?: string[];
    library: string;
    timeLimit?: number;
    maxSteps?: number;
    recipe?: string;
    records?: string;
    recordSamples?: boolean;
    json?: boolean;
    events?: boolean;
  };

export function askCommand(context: CommandContext): Command {
  return addRetrievalOptions(addModelOptions(new Command("ask")))
    .description("answer a question about one or more images, or a question alone, with evidence")
    .argument("[question]", "the question, in words")
    .option("--image <file>", "an image of the question; repeat it for several views", collect)
    .option("--option <label=text>", "an answer to choose from; repeat it", collect)
    .option("--patient-id <id>", "the patient, whose cases are left out of the search")
    .option("--slide-id <id>", "the slide, whose cases are left out of the search")
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option(
      "--recipe <name>",
      "how to go about it: a name of “medrounds recipes”, or a folder with a recipe.yaml",
    )
    .option(
      "--confidence-threshold <p>",
      "below this confidence, 0 to 1, the reader abstains, and a model is shown similar cases and answers again",
      readShare,
    )
    .addOption(
      new Option(
        "--reconsideration <name>",
        "how a model answers again: cdir (5 cases, the surer answer is kept) or cdir-paper (1 case, the second is, threshold 0.8)",
      ).choices(["cdir", "cdir-paper", "off"]),
    )
    .option(
      "--calibration <file>",
      "corrects the model's confidence by what was fitted on answered questions",
    )
    .option(
      "--records <file>",
      "a SQLite or DuckDB database of patient records that the model may read (or MEDROUNDS_RECORDS)",
    )
    .option("--record-samples", "show the model values where it asks for the columns of a table")
    .option("--seed <n>", "seed for what is drawn at random", wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option(
      "--time-limit <seconds>",
      "ask for the answer after this time (default: 300); the round ends at half as much again",
      readSeconds,
    )
    .option("--max-steps <n>", "ask for the answer after this many steps (default: 8)", wholeNumber(1, 100))
    .option("--json", "print the round as one JSON document")
    .option("--events", "print the round's events, one JSON object a line")
    .addHelpText(
      "after",
      examples(
        'medrounds ask "Is there a pleural effusion?" --image chest.png',
        'medrounds ask "Which finding?" --image pa.png --image lateral.png \\',
        "    --option A=Pneumothorax --option B=Effusion",
        'medrounds ask "Is the heart large?" --image chest.png --recipe chest-xray',
        'medrounds ask "What is the silhouette sign?" --json',
        'medrounds ask "Any nodule?" --image chest.png \\',
        "    --endpoint http://127.0.0.1:8000/v1 --model medgemma-4b",
        'medrounds ask "Any nodule?" --image chest.png --endpoint local',
      ),
    )
    .action(async (question: string | undefined, options: AskOptions) => {
      const {
        image: images = [],
        option = [],
        library: folder,
        timeLimit,
        maxSteps,
        recipe: _recipe,
        records: recordsFile,
        recordSamples = false,
        json,
        events: asEvents,
        retriever,
        reranker,
        ...settings
      } = options;
      const as = chooseForm({ json, events: asEvents });
      if ((question ?? "").trim() === "" && images.length === 0) {
        throw new MedRoundsError("question-empty", "There is neither a question nor an image.");
      }
      const choices = option.map(readOption);
      const { openLibraryAt, openRecordsAt, prepareRound, readRoundRecipe, readSettings } = await import(
        "#assembly"
      );
      const chosen = await readSettings(options);
      const recipe = chosen.recipe?.value;
      const confidenceThreshold = chosen.confidenceThreshold?.value;
      using library = await openLibraryAt(folder);
      await using search = await openSearch(library, { retriever, reranker });
      using records = await openRecordsAt(recordsFile, { samples: recordSamples, signal: context.signal });
      const round = await prepareRound({
        library,
        search,
        records,
        question: question ?? "",
        images,
        options: choices,
        limits: {
          ...(timeLimit === undefined ? {} : { milliseconds: timeLimit * 1000 }),
          ...(maxSteps === undefined ? {} : { steps: maxSteps }),
        },
        signal: context.signal,
        ...(recipe === undefined ? {} : { recipe: await readRoundRecipe(recipe, context.signal) }),
        ...settings,
        ...(confidenceThreshold === undefined ? {} : { confidenceThreshold }),
      });
      const events = round.run(context.signal);
      await tellRound(events, { context, as });
    });
}

function readOption(written: string): Choice {
  const [, label, text] = /^\s*([^=]{1,40}?)\s*=\s*(.+?)\s*$/s.exec(written) ?? [];
  if (label && text && written.length <= 2_000) return { label, text };
  throw new MedRoundsError("option-invalid", `“${written.slice(0, 80)}” is not an option.`);
}

function readSeconds(value: string): number {
  const seconds = Number(value);
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError("It must be a number of seconds, at most 86400.");
}
