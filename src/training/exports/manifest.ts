import type { LeakSummary } from "#text";
import type { Difficulty } from "../rollouts/summarize-rollouts.ts";
import type { LeftOut, Selection } from "./select.ts";
import type { SplitOverlap } from "./split-questions.ts";
import type { ExportKind, SplitName } from "./training-engine.ts";

/** What a question shares with a test set. */
export type QuestionLeak = { set: string; sample: string; reason: string };

/** What of a test set the questions of the rollouts hold; `images` counts its images that were met. */
export type TestSetLeaks = LeakSummary & { images: number; imagesTouched: number };

/** Everything that is to be known of an export; the same rollouts and options give the same, byte for byte. */
export type ExportManifest = {
  version: 1;
  notice: string;
  generator: { name: "medrounds"; version: string };
  engine: string;
  kind: ExportKind;
  /** SHA-256 by the files' names; rows where they hold rows. */
  files: readonly { name: string; split?: SplitName; rows?: number; sha256: string }[];
  /** Of each folder of rollouts, in the order in which they were named. */
  sources: readonly { sha256: string }[];
  dataSets: readonly { name: string; license: string; questions: number; rows: number }[];
  rollouts: number;
  questions: number;
  images: number;
  difficulty: Readonly<Record<Difficulty, number>>;
  selection: Selection;
  split: { validation: number; seed: number; overlap: SplitOverlap };
  /** Rollouts that passed the check and were not taken, by why. */
  leftOut: Readonly<Partial<Record<LeftOut, number>>>;
  /** Rollouts in rejected.jsonl, by why. */
  rejected: Readonly<Record<string, number>>;
  /** Of what is learned from: UTF-16 code units, and the share (0 to 1) of them that the environment wrote and that is masked. */
  masks: { characters: number; environment: number; share: number };
  /** Each test set that was compared with; empty where none was. */
  leaks: readonly TestSetLeaks[];
};
