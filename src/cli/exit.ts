import { CommanderError } from "commander";
import { type ErrorCode, type Failure, MedRoundsError, toFailure } from "#contracts";

/** 0 done, 1 failed, 2 wrong use, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

const wrongUse: readonly ErrorCode[] = [
  "usage-invalid",
  "question-empty",
  "question-too-long",
  "option-invalid",
  "endpoint-missing",
  "endpoint-invalid",
];

export function exitCodeOf({ code }: Failure): ExitCode {
  if (code === "interrupted") return 130;
  return wrongUse.includes(code) ? 2 : 1;
}

/** Tells of an error on stderr: a person's mistake in two sentences, a defect of the product with its trace. */
export function reportError(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const failure = toFailure(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: failure })}\n`);
  process.stderr.write(`medrounds: ${failure.message}\n${failure.cure}\n(${failure.code})\n`);
  if (!MedRoundsError.is(error) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCodeOf(failure);
}
