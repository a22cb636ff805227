import type { AnswerScore, SampleRecord, ScoredSample } from "../answers/answer.ts";
import type { RunFile } from "../runner/run-file.ts";
import type { RunSample } from "../runner/run-samples.ts";
import type { Arm } from "../suites/arms.ts";

/** A task of an arm: what was asked, what became of it, and how that was scored. */
export type ExportedTask = { sample: RunSample; record: SampleRecord; score: AnswerScore };

/** An image as a model may be sent it; null where it is not there any more. */
export type ReadExportImage = (
  sha256: string,
  signal?: AbortSignal,
) => Promise<{ bytes: Uint8Array; mediaType: string } | null>;

/** An arm of a run, as formats write it. */
export type ExportedArm = {
  run: RunFile;
  arm: Arm;
  /** Its tasks, asked or not. */
  tasks: number;
  /** Those that were, without their rounds, in the order of the log. */
  scored: readonly ScoredSample[];
  /** When its last answer came, ISO 8601; null where none did. */
  endedAt: string | null;
  /** The tasks that were asked, in the order of the log; read anew each time, and not held. */
  read(): AsyncIterable<ExportedTask>;
  /** Left out where images are not to be exported. */
  image?: ReadExportImage | undefined;
  signal?: AbortSignal | undefined;
};

/** A form in which other programs read an arm's answers and scores. One file, one test, one line in `list.ts`. */
export type ExportFormat = {
  name: string;
  description: string;
  /** What a file's name ends in where it is written so; two forms may have one name, and one of them no ending. */
  ending?: string;
  /** One file, piece by piece. */
  write(arm: ExportedArm): AsyncIterable<string | Uint8Array>;
  /** Whether it holds images. */
  hasImages: boolean;
};
