import { CommanderError } from "commander";
import { type ErrorCode, type Failure, MedRoundsError, toFailure } from "#contracts";
import { openTerminal, plain } from "./terminal.ts";

/** 0 done, 1 failed, 2 wrong use, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

const wrongUse: readonly ErrorCode[] = [
  "usage-invalid",
  "question-empty",
  "question-too-long",
  "option-invalid",
  "image-kind-refused",
  "recipe-missing",
  "recipe-invalid",
  "endpoint-missing",
  "endpoint-invalid",
  "local-model-unclear",
  "configuration-missing",
  "configuration-invalid",
  "variable-invalid",
  "store-invalid",
  "model-source-invalid",
  "embedder-family-unknown",
  "image-family-unknown",
  "reward-profile-unknown",
];

export function exitCodeOf(code: ErrorCode): ExitCode {
  if (code === "interrupted") return 130;
  return wrongUse.includes(code) ? 2 : 1;
}

/**
 * Tells of an error on stderr: a person's mistake in two sentences, a defect of the product with its trace. With `json` the
 * failure is also the one document on stdout.
 */
export function reportError(error: unknown, { json }: { json: boolean }): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // The help that is shown where a command is missing says all there is to say.
    if (error.code === "commander.help") return 2;
    return reportError(new MedRoundsError("usage-invalid", sentence(error.message)), { json });
  }
  const failure = toFailure(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: failure })}\n`);
  reportFailure(failure);
  if (!MedRoundsError.is(error) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCodeOf(failure.code);
}

/** What happened, what to do, and the code, on stderr. */
export function reportFailure({ message, cure, code }: Failure): void {
  const terminal = openTerminal(process.stderr);
  terminal.write(`${terminal.paint("failure", "medrounds:")} ${plain(message)}`);
  terminal.write(cure);
  terminal.write(terminal.paint("quiet", `(${code})`));
}

/** “error: unknown option '--x'” of Commander as a sentence like our own. */
function sentence(message: string): string {
  const said = message
    .replace(/^error: /, "")
    .replace(/\s+/g, " ")
    .trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.?)]$/.test(said) ? "" : "."}`;
}
