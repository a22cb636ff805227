import { Command, InvalidArgumentError, Option } from "commander";
import type { RolloutRequest, RolloutRun } from "#assembly";
import { MedRoundsError } from "#contracts";
import { grammars } from "#transcript";
import { createProgress } from "../../progress.ts";
import { readShard, readShare, wholeNumber } from "../../read-options.ts";
import { count } from "../../render/count.ts";
import { keepHeapSmall } from "../../small-heap.ts";
import { plain } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";
import { renderRollouts } from "./render-rollouts.ts";

type RolloutsOptions = Omit<RolloutRequest, "data" | "folder" | "judge" | "tokens" | "pixels"> & {
  out: string;
  maxTokens?: number;
  imagePixels?: number;
  confidenceBefore?: boolean;
  judgeEndpoint?: string;
  judgeModel?: string;
  judgeMinimum: number;
  emptyAlarm: number;
  json?: boolean;
};

/** `train rollouts`. */
export function rolloutsCommand(context: CommandContext): Command {
  return new Command("rollouts")
    .summary("have a model answer questions several times each, and keep all of it for training")
    .description(
      "have a chat model answer each question of a data set several times, with searches in a library, and keep prompts, transcripts, what was found and log-probabilities as rollouts.jsonl, with the images beside it. The same command again goes on where an earlier one stopped; with another --reward it scores anew and asks nothing",
    )
    .argument("<data>", "the data set: file or folder (docs/data-sets.md)")
    .requiredOption("--out <dir>", "the rollouts' folder: a new one, or that of the run to go on with")
    .option("--library <dir>", "the library's folder", ".medrounds/library")
    .option("--attempts <n>", "tries at each question", wholeNumber(1, 1_000), 8)
    .option("--temperature <t>", "0 to 2, at which tries are drawn", readTemperature, 1)
    .option("--seed <n>", "another seed draws other tries", wholeNumber(0, 2 ** 31 - 1), 1)
    .option("--reward <profile>", "score each by a profile of docs/rewards.md")
    .option("--recipe <name>", "how to go about it: a recipe whose model speaks tags, or a folder of one")
    .addOption(
      new Option("--grammar <name>", "the tags that the model speaks").choices(
        grammars.map(({ name }) => name),
      ),
    )
    .option("--retriever <name>", "how passages are found")
    .option("--endpoint <url>", "the chat model's address (also MEDROUNDS_ENDPOINT)")
    .option("--model <name>", "its name (also MEDROUNDS_MODEL)")
    .option("--provider <name>", "openai-compatible, openai, google or anthropic (default: by the address)")
    .option("--format <name>", "published form of the data set; found out where left out")
    .option("--split <name>", "only this part of the data set, as it names its splits")
    .option("--images <dir>", "folder of the images, where it is not the data set's own")
    .option("--class-field <field>", "field of a manifest that holds the class that is asked about")
    .option("--limit <n>", "at most so many questions", wholeNumber(1, 10_000_000))
    .option("--image-pixels <n>", "larger images are made smaller before they are sent", wholeNumber(1, 1e9))
    .option("--max-tokens <n>", "that the model may write in a round", wholeNumber(1, 1_000_000))
    .option("--concurrency <n>", "requests at once, where the endpoint bears them", wholeNumber(1, 1_024), 64)
    .option("--shard <i/n>", "only a part of the questions, as 2/8; the parts share one folder", readShard)
    .option(
      "--confidence-before",
      "measure the options' log-probabilities in an answer before any search, too, for rewards of confidence gained",
    )
    .option("--judge-endpoint <url>", "a chat model that rates the reasoning of each rollout")
    .option("--judge-model <name>", "its name")
    .option("--judge-minimum <p>", "rollouts that it rates below this are kept apart, 0 to 1", readShare, 0.5)
    .option("--empty-alarm <p>", "alarm where so many searches find nothing, 0 to 1", readShare, 0.5)
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds train rollouts train.jsonl --out rollouts --attempts 8 --reward med-rwr-stage2",
        "medrounds train rollouts data/medqa --split train --out rollouts --shard 1/4",
      ),
    )
    .action(async (data: string, options: RolloutsOptions) => {
      const run = await makeShowingProgress(requestOf(data, options), context);
      const { terminal, printJson, exit } = context;
      if (options.json) printJson(run);
      else for (const line of renderRollouts(run, terminal)) terminal.write(line);
      if (run.stopped.length > 0 || run.progress.failed > 0 || run.summary.searches.alarm) exit(1);
    });
}

function requestOf(data: string, options: RolloutsOptions): RolloutRequest {
  const { out, json: _json, maxTokens, imagePixels, confidenceBefore, emptyAlarm, ...rest } = options;
  const { judgeEndpoint, judgeModel, judgeMinimum: minimum, ...choice } = rest;
  if ((judgeEndpoint === undefined) !== (judgeModel === undefined)) {
    const message = "--judge-endpoint and --judge-model go together.";
    throw new MedRoundsError("usage-invalid", message, { option: "--judge-model" });
  }
  const judge =
    judgeEndpoint === undefined || judgeModel === undefined
      ? undefined
      : { endpoint: judgeEndpoint, model: judgeModel, minimum };
  return {
    ...{ ...choice, data, folder: out, tokens: maxTokens, pixels: imagePixels },
    ...{ measuresBefore: confidenceBefore, emptyShare: emptyAlarm, judge },
  };
}

async function makeShowingProgress(request: RolloutRequest, { signal }: CommandContext): Promise<RolloutRun> {
  keepHeapSmall();
  const { makeRollouts } = await import("#assembly");
  const bar = createProgress("Rollouts");
  let left: number | undefined;
  try {
    return await makeRollouts({
      ...request,
      signal,
      onProgress({ tasks, answered, answeredNow, failed }) {
        left = tasks - answered;
        const share = answeredNow / Math.max(1, tasks - answered + answeredNow);
        bar.show({ items: answeredNow, share, refused: 0 }, failed > 0 ? [`${failed} failed`] : []);
      },
    });
  } finally {
    bar.end();
    if (signal.aborted && left !== undefined) {
      process.stderr.write(
        `${count(left, "rollout")} still to come; those that were made are in ${plain(request.folder)}.\n`,
      );
    }
  }
}

function readTemperature(value: string): number {
  const temperature = Number(value);
  if (value.trim() !== "" && temperature >= 0 && temperature <= 2) return temperature;
  throw new InvalidArgumentError("It must be a number from 0 to 2.");
}
