import { Command, InvalidArgumentError, Option } from "commander";
import { MedRoundsError } from "#contracts";
import { createProgress } from "../../progress.ts";
import { collect, wholeNumber } from "../../read-options.ts";
import { type CommandContext, examples } from "../context.ts";
import { renderCaseEvaluation } from "./render-cases.ts";

type CasesOptions = {
  manifest: string;
  library?: string;
  splits?: number;
  labelField?: string;
  positive?: string;
  task?: string;
  within?: string;
  group?: "patient" | "slide" | "id";
  k: number[];
  precisionOver: "k" | "relevant";
  embedder?: string[];
  seed: number;
  json?: boolean;
};

/** `eval cases`. */
export function casesCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("cases")
    .summary("how well similar cases are found")
    .description(
      "how well similar cases are found: P@1/5/10, mAP and nDCG@10 by shared labels, and the vote of the nearest cases, beside chance and majority, with 95 % bootstrap intervals over patients or slides and latency",
    )
    .requiredOption("--manifest <file>", "images with labels: JSON lines, as library add reads them")
    .option("--library <dir>", "look for them in this library (default: split the manifest itself)")
    .option(
      "--splits <n>",
      "splits of the manifest, a quarter of the groups asked about each time (default: 20)",
      wholeNumber(1, 1000),
    )
    .option("--label-field <field>", "the field that has the labels (default: labels)")
    .option("--positive <label>", "vote on whether a case has this label (default: on its first label)")
    .option("--task <field>", "vote on what this field says")
    .option("--within <field>", "tell the results for each value of this field, too")
    .addOption(
      new Option(
        "--group <what>",
        "what stands together in splits and intervals (default: the patient, else the slide, else the id)",
      ).choices(["patient", "slide", "id"]),
    )
    .option("--k <list>", "numbers of neighbors that vote", readNumbers, [1, 5, 11])
    .addOption(
      new Option(
        "--precision-over <what>",
        "divide P@k by k, or by the number of relevant cases where that is smaller",
      )
        .choices(["k", "relevant"])
        .default("k"),
    )
    .option(
      "--embedder <source>",
      "measure an image encoder beside the built-in descriptor, as onnx:DIR; repeat it for several",
      collect,
    )
    .option("--seed <n>", "another seed gives other splits", wholeNumber(0, 2 ** 31 - 1), 1)
    .option("--json", "print one JSON document, with every query")
    .addHelpText(
      "after",
      examples(
        "medrounds eval cases --manifest tiles/manifest.jsonl",
        'medrounds eval cases --manifest xrays/manifest.jsonl --positive "No Finding" --within view',
        "medrounds eval cases --manifest new/manifest.jsonl --library .medrounds/library --json",
      ),
    )
    .action(async ({ k, labelField, embedder, group, json, ...options }: CasesOptions) => {
      const { library, splits } = options;
      if (library !== undefined && splits !== undefined) {
        throw new MedRoundsError(
          "usage-invalid",
          "--splits does not go with --library: all cases are asked about.",
        );
      }
      const { evaluateCases } = await import("#assembly");
      let shown: keyof typeof stages = "describing";
      let progress = createProgress(stages[shown]);
      const evaluation = await evaluateCases({
        ...options,
        splits: splits ?? 20,
        labelField,
        task: readTask(options),
        grouping: group ?? "default",
        votes: k,
        ...(embedder ? { embedders: embedder } : {}),
        signal,
        onProgress: ({ stage, ...done }) => {
          if (stage !== shown) {
            progress.end();
            shown = stage;
            progress = createProgress(stages[stage]);
          }
          progress.show({ ...done, refused: 0 });
        },
      }).finally(() => progress.end());
      if (json) printJson(evaluation);
      else for (const line of renderCaseEvaluation(evaluation, terminal)) terminal.write(line);
    });
}

const stages = { describing: "Describing", searching: "Searching" };

function readTask({ positive, task }: Pick<CasesOptions, "positive" | "task">) {
  if (positive !== undefined && task !== undefined) {
    throw new MedRoundsError("usage-invalid", "--positive and --task do not go together.");
  }
  if (positive !== undefined) return { type: "positive", label: positive } as const;
  return task === undefined ? ({ type: "first-label" } as const) : ({ type: "field", field: task } as const);
}

const mostNeighbors = 1000;

/** Whole numbers with commas between them, ascending and each once. */
function readNumbers(value: string): number[] {
  const numbers = value.split(",").map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : 0));
  if (numbers.some((number) => number < 1 || number > mostNeighbors)) {
    throw new InvalidArgumentError(`It must be whole numbers from 1 to ${mostNeighbors}, as in 1,5,11.`);
  }
  return [...new Set(numbers)].sort((a, b) => a - b);
}
