import { Command } from "commander";
import type { MadeManifest, MakeDataRequest } from "#assembly";
import { createProgress } from "../../progress.ts";
import { collect, readShare, wholeNumber } from "../../read-options.ts";
import { count } from "../../render/count.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type SharedOptions = {
  out: string;
  endpoint?: string;
  model?: string;
  seed?: number;
  concurrency?: number;
  evaluated?: string[];
  maxOverlap?: number;
  json?: boolean;
};

/** `train make` and what it makes. */
export function makeCommand(context: CommandContext): Command {
  const command = new Command("make")
    .summary("training data of reports, of images with questions, and of rollouts")
    .description(
      "make training data of what there is: each row is checked, what fails a check or stands in an evaluation set is kept apart with the reason, and a manifest tells sources, prompts, hashes and licenses",
    );
  for (const make of [makeReasoning, makeQuestions, makeStrata, makeReasoner, makeSummarizer]) {
    command.addCommand(make(context));
  }
  return command.addHelpText(
    "after",
    examples(
      "medrounds train make reasoning reports.jsonl --quotes --out made/reasoning",
      "medrounds train make questions vqa --out made/questions \\",
      "    --endpoint http://127.0.0.1:8000/v1 --model medgemma-27b",
    ),
  );
}

function makeReasoning(context: CommandContext): Command {
  return withModel(shared("reasoning"))
    .summary("stepwise reasoning of reports, as cxr-10k-reasoning has it")
    .description(
      "lay out the findings of reports as steps, by a chat model or as quotes of the report; each step is checked against the report by words",
    )
    .argument(
      "<file...>",
      "reports as JSON lines: id, findings, impression; optional file, patient_id, license",
    )
    .option("--quotes", "steps are the report's own sentences; no model is asked")
    .option("--table", "write reasoning.csv too: image_filename, findings, impression, reasoning")
    .action((reports: string[], options: SharedOptions & { quotes?: boolean; table?: boolean }) =>
      run(context, options, {
        ...{ kind: "reasoning", reports },
        ...{ quotes: options.quotes ?? false, table: options.table ?? false },
      }),
    );
}

function makeQuestions(context: CommandContext): Command {
  return withModel(shared("questions"))
    .summary("exam questions of images with questions and answers, as Med-RwR made them")
    .description(
      "reconstruct hard multiple-choice questions, by a chat model, of the images nearest to the centers of groups of alike images",
    )
    .argument("<data-set>", "images with questions and answers, in any form that eval reads")
    .option("--split <name>", "only this split")
    .option("--library <dir>", "compare images by this library's first image encoder")
    .option("--clusters <n>", "groups of alike images", wholeNumber(1, 100_000), 100)
    .option("--each <n>", "images of each group", wholeNumber(1, 10_000), 3)
    .action(
      (
        dataSet: string,
        options: SharedOptions & { split?: string; library?: string; clusters: number; each: number },
      ) => {
        const { split, library, clusters, each } = options;
        return run(context, options, { kind: "questions", dataSet, split, library, clusters, each });
      },
    );
}

function makeStrata(context: CommandContext): Command {
  return shared("strata")
    .summary("drop the exam questions that were always answered right, sort the others")
    .argument("<dir>", "a folder of train make questions")
    .requiredOption("--rollouts <dir>", "a folder of train rollouts at these questions; repeat it", collect)
    .action((questions: string, options: SharedOptions & { rollouts: string[] }) =>
      run(context, options, { kind: "strata", questions, rollouts: options.rollouts }),
    );
}

function makeReasoner(context: CommandContext): Command {
  return shared("reasoner")
    .summary("the set of the first stage: of image and findings to the steps")
    .argument("<dir...>", "folders of train make reasoning")
    .action((reasoning: string[], options: SharedOptions) =>
      run(context, options, { kind: "reasoner", reasoning, rollouts: [] }),
    );
}

function makeSummarizer(context: CommandContext): Command {
  return shared("summarizer")
    .summary("the set of the second stage: judge a chain of reasoning, then answer")
    .description(
      "rows of question, reasoning, judgement (sound or flawed) and answer; flawed chains come of rollouts alone",
    )
    .argument("[dir...]", "folders of train make reasoning")
    .option("--rollouts <dir>", "a folder of train rollouts; repeat it", collect)
    .action((reasoning: string[], options: SharedOptions & { rollouts?: string[] }) =>
      run(context, options, { kind: "summarizer", reasoning, rollouts: options.rollouts ?? [] }),
    );
}

function shared(name: string): Command {
  return new Command(name)
    .requiredOption("--out <dir>", "where rows, failures, leaks, images and manifest.json are written")
    .option("--evaluated <path>", "an evaluation set that must not get in; repeat it", collect)
    .option("--max-overlap <share>", "drop what shares more than this with a question of one", readShare)
    .option("--json", "print the manifest");
}

function withModel(command: Command): Command {
  return command
    .option("--endpoint <url>", "OpenAI-compatible endpoint of a chat model (or MEDROUNDS_ENDPOINT)")
    .option("--model <name>", "the chat model's name (or MEDROUNDS_MODEL; key: MEDROUNDS_API_KEY)")
    .option("--seed <n>", "of the model and of what is drawn", wholeNumber(0, 2 ** 31), 1)
    .option("--concurrency <n>", "requests at a time", wholeNumber(1, 256), 4);
}

/** What one kind is told beside what all are. */
type Own<Request> = Request extends MakeDataRequest
  ? Omit<Request, "folder" | "seed" | "concurrency" | "evaluated" | "endpoint" | "model">
  : never;

async function run(
  { terminal, signal, printJson, exit }: CommandContext,
  { out, endpoint, model, seed = 1, concurrency = 4, evaluated = [], maxOverlap, json }: SharedOptions,
  own: Own<MakeDataRequest>,
): Promise<void> {
  const { makeData } = await import("#assembly");
  const progress = createProgress("Making");
  const made = await makeData({
    ...own,
    ...{ folder: out, endpoint, model, seed, concurrency, evaluated, maximumOverlap: maxOverlap },
    ...{ signal, onProgress: progress.show },
  } as MakeDataRequest).finally(progress.end);
  if (json) printJson(made);
  else for (const line of renderMade(made, { out, terminal })) terminal.write(line);
  if (made.rows.lines === 0) exit(1);
}

function renderMade(made: MadeManifest, { out, terminal }: { out: string; terminal: Terminal }): string[] {
  const { rows, failures, leaks, items, licenses, notes } = made;
  const reasons = Object.entries(failures.reasons).map(([reason, times]) => `${reason} ${times}`);
  const met = leaks.sets.map((one) => `${plain(one.set)} ${one.rows}`);
  return [
    `${plain(out)}: ${count(rows.lines, "row")} of ${count(items, "item")}${made.model === null ? "" : `, by ${plain(made.model)}`}.`,
    ...(failures.lines > 0 ? [`Kept apart, ${plain(failures.file)}: ${plain(reasons.join(", "))}.`] : []),
    ...(met.length > 0 ? [`Rows that an evaluation set has, ${plain(leaks.file)}: ${met.join(", ")}.`] : []),
    ...Object.entries(licenses).map(
      ([license, times]) => `License of ${count(times, "row")}: ${plain(license)}`,
    ),
    ...notes.map((note) => `Note: ${plain(note)}`),
  ].map((line) => wrap(line, terminal.width));
}
