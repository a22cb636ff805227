import { Command } from "commander";
import { wholeNumber } from "../../read-options.ts";
import { wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type PlanOptions = {
  engine: string;
  recipe: string;
  data: string;
  out: string;
  size: string;
  model?: string;
  library?: string;
  port: number;
  json?: boolean;
};

/** `train plan`. */
export function planCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("plan")
    .summary("write the folder of a training run")
    .description(
      "write a folder that runs a training by itself: arguments, environment, adapters, services, and what it needs on paper",
    )
    .requiredOption("--engine <name>", "what trains: ms-swift, trl or verl")
    .requiredOption(
      "--recipe <name>",
      "what is trained: sft-cold-start, med-rwr, grpo-text, ppo-text or llama-r1-medrag",
    )
    .requiredOption(
      "--data <dir>",
      "what train export wrote; for several stages a folder with one of each stage's data: sft, text, multimodal",
    )
    .requiredOption("--out <dir>", "the plan's folder; new or empty")
    .option("--size <name>", "8x80: eight devices of 80 GB; lora-1: adapters on one", "lora-1")
    .option("--model <name>", "a model of the hub or a folder, in the place of the recipe's")
    .option("--library <dir>", "the library that is searched (default: .medrounds/library)")
    .option("--port <n>", "the port of medrounds serve", wholeNumber(1, 65_535), 4180)
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds train plan --engine ms-swift --recipe med-rwr --size 8x80 --data ./export --out ./run",
        "medrounds train plan --engine trl --recipe grpo-text --data ./export --out ./run",
        "medrounds train launch ./run",
      ),
    )
    .action(async ({ json, ...options }: PlanOptions) => {
      const { defaultLibrary, writePlan } = await import("#assembly");
      const library = options.library ?? defaultLibrary;
      const { folder, plan, files, tooLarge } = await writePlan({ ...options, library, signal });
      if (json) return printJson({ folder, plan, files, tooLarge });
      terminal.write(
        `Wrote ${files.length} files to ${folder}: ${plan.stages.map(({ name }) => name).join(", ")}.`,
      );
      for (const { stage, gigabytes } of tooLarge) {
        const warning = `On paper ${stage} needs ${gigabytes.toFixed(0)} GB of each device, more than there is; README.md has the sum.`;
        terminal.write(terminal.paint("failure", wrap(warning, terminal.width)));
      }
      terminal.write(`Install the engine: bash ${options.out}/make-environment.sh`);
      terminal.write(`Then run it: medrounds train launch ${options.out}`);
    });
}
