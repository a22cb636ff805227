import { Command, InvalidArgumentError, Option } from "commander";
import type { FileScores } from "#assembly";
import { createProgress } from "../../progress.ts";
import { count } from "../../render/count.ts";
import { renderTable } from "../../render/table.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";

type ScoreOptions = {
  profile?: string;
  weight?: Record<string, number>;
  out?: string;
  library?: string;
  terms?: string;
  safety?: string;
  grammar?: string;
  offsets?: "utf-16" | "code-points";
  json?: boolean;
};

/** `train score`. */
export function scoreCommand({ terminal, signal, printJson }: CommandContext): Command {
  return new Command("score")
    .summary("score completions by a reward profile")
    .description(
      "score completions by a reward profile, without asking a model: what they would be paid in training, and for what",
    )
    .argument("<file>", "an item a line, as POST /v1/score takes them (docs/trainers.md), also .gz")
    .option("--profile <name>", "a profile of docs/rewards.md (default: med-rwr-stage2)")
    .option(
      "--weight <name=number>",
      "the weight of a reward, in the place of the profile's; repeat it",
      readWeight,
    )
    .option("--out <file>", "write a line with the score of each item")
    .option("--library <dir>", "the library that --terms names a corpus of")
    .option("--terms <corpus>", "its titles and synonyms are the medical entities, as an ontology's")
    .option("--safety <file>", "a checklist of unsafe advice in the place of the shipped one")
    .option("--grammar <name>", "how models write; blocks behind queries are then taken for what was found")
    .addOption(
      new Option("--offsets <unit>", "what the offsets of spans count").choices(["utf-16", "code-points"]),
    )
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds train score completions.jsonl",
        "medrounds train score completions.jsonl --profile hybrid --out scores.jsonl",
        "medrounds train score completions.jsonl --profile med-r1 --weight tool-cost=1",
      ),
    )
    .action(async (file: string, options: ScoreOptions) => {
      const { profile, weight, out, terms, safety, grammar, offsets, json } = options;
      const assembly = await import("#assembly");
      using library =
        terms === undefined
          ? undefined
          : await assembly.openLibraryAt(options.library ?? assembly.defaultLibrary);
      const progress = createProgress("Scoring");
      const choice = { profile, terms, safety, grammar };
      const scores = await assembly
        .scoreFile({
          file,
          out,
          choice,
          library,
          weights: weight,
          offsets,
          onProgress: progress.show,
          signal,
        })
        .finally(progress.end);
      if (json) printJson(scores);
      else for (const line of renderScores(scores, terminal)) terminal.write(line);
    });
}

function readWeight(value: string, before: Record<string, number> = {}): Record<string, number> {
  const [, name, number] = /^([a-z-]+)=(-?\d+(?:\.\d+)?)$/.exec(value) ?? [];
  if (name === undefined) throw new InvalidArgumentError("Write it as tool-cost=0.5.");
  return { ...before, [name]: Number(number) };
}

function renderScores(scores: FileScores, terminal: Terminal): string[] {
  const { profile, items, mean, missing, components, flags, configurationHash } = scores;
  const shown = (value: number | null) => (value === null ? "–" : value.toFixed(4));
  const without = missing > 0 ? `, ${missing} without a total` : "";
  const rows = Object.entries(components).map(([name, one]) => [
    name,
    String(one.weight),
    shown(one.mean),
    String(one.applicable),
  ]);
  const told = Object.entries(flags)
    .toSorted(([, one], [, other]) => other - one)
    .map(([flag, times]) => `${plain(flag)} ${times}`);
  return [
    wrap(
      `${count(items, "item")} by ${plain(profile)}: mean total ${shown(mean)}${without}.`,
      terminal.width,
    ),
    "",
    ...renderTable([["reward", "weight", "mean", "applies to"], ...rows], [1, 2, 3]),
    "",
    ...(told.length > 0 ? [wrap(`Flags: ${told.join(", ")}.`, terminal.width)] : []),
    terminal.paint("quiet", `Configuration ${configurationHash}`),
  ];
}
