import type { Rendering } from "#contracts";
import type { Refusal } from "./check-rollout.ts";
import type { ExportedRollout } from "./rollout-schema.ts";

/** Rows to learn from as they are, pairs of a better and a worse one, or prompts for reinforcement learning. */
export type ExportKind = "sft" | "dpo" | "grpo";
export const exportKinds: readonly ExportKind[] = ["sft", "dpo", "grpo"];

export type SplitName = "train" | "validation";

/** A piece of text or an image, in the order in which the model was shown them. */
type PromptPart = { type: "text"; text: string } | { type: "image" };

/** A question as engines are given it. */
export type ExportedPrompt = {
  messages: readonly { role: "system" | "user"; parts: readonly PromptPart[] }[];
  /** Files of the images in the order of their places in the messages, relative to the folder of the export. */
  images: readonly string[];
  question: ExportedRollout["question"];
  split: SplitName;
  /** The number of the row in its split, from 0. */
  index: number;
};

/** What was said to a prompt: joined, the pieces are the transcript's text. */
export type ExportedCompletion = {
  rollout: string;
  rendering: Rendering;
  pieces: readonly { author: "model" | "environment"; text: string }[];
};

export type ExportedRow =
  | { kind: "sft"; prompt: ExportedPrompt; completion: ExportedCompletion }
  | { kind: "dpo"; prompt: ExportedPrompt; chosen: ExportedCompletion; rejected: ExportedCompletion }
  | { kind: "grpo"; prompt: ExportedPrompt };

/** What holds for the whole export. */
export type ExportFacts = { kind: ExportKind; hasImages: boolean };

/** How an engine wants its data. One file, one test, one line in `list.ts`. */
export type TrainingEngine = {
  name: string;
  kinds: readonly ExportKind[];
  /** Column names that its reader maps to something else, drops, or keeps for itself; no column of ours may be one without being it. */
  reservedColumns: readonly string[];
  /** One JSON object a line; or Parquet, with DuckDB's type of each column, where a column named `images` holds files whose bytes go in. */
  form(
    facts: ExportFacts,
  ): { type: "json-lines" } | { type: "parquet"; columns: Readonly<Record<string, string>> };
  /** Whether images are files beside the rows. */
  imagesBeside: boolean;
  /** Why this engine can't be given it without training on the environment's text; null where it can. */
  refuse?(completion: Omit<ExportedCompletion, "rollout">, kind: ExportKind): Refusal | null;
  toRow(row: ExportedRow, facts: ExportFacts): Record<string, unknown>;
  /** Files beside the rows. */
  extraFiles(facts: ExportFacts): readonly { name: string; text: string }[];
  /** How its rows are used, and what to be careful with, in Markdown. */
  guide(facts: ExportFacts): string;
};
