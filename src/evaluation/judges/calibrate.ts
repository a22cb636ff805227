import { MedRoundsError } from "#contracts";
import type { AskedJudge } from "./ask-prompt.ts";
import { isMissing } from "./ask-prompt.ts";
import type { JudgePrompt } from "./judge-prompt.ts";
import { judgeStatements } from "./ragas/judge-statements.ts";
import { rate } from "./rating.ts";

/**
 * Asks a judge about its two cases whose order is beyond doubt, before anything else is asked: so that no judge with the wrong polarity, no
 * wrong model and no broken prompt makes figures.
 *
 * @throws MedRoundsError `judge-uncalibrated` where it does not rate the better case higher, or does not judge one of them;
 * `judge-unreachable` where its model can't be asked
 */
export async function calibrate(prompt: JudgePrompt, given: AskedJudge): Promise<void> {
  const { name, asks, calibration } = prompt;
  if (!calibration) return;
  let failure: MedRoundsError | undefined;
  const model: AskedJudge["model"] = {
    ...given.model,
    ask: (request) =>
      given.model.ask(request).catch((error: unknown) => {
        if (MedRoundsError.is(error)) failure = error;
        throw error;
      }),
  };
  const asked = { ...given, model };
  const scoreOf = async (fields: NonNullable<JudgePrompt["calibration"]>["better"]) => {
    if (asks === "verdict") return rate(prompt, { ...asked, fields });
    const statements = (fields.statements ?? "").split("\n").filter((line) => line !== "");
    return judgeStatements(prompt, { ...asked, statements, evidence: fields.evidence ?? "" });
  };
  const better = await scoreOf(calibration.better);
  const worse = await scoreOf(calibration.worse);
  if (failure !== undefined) throw unreachable(failure);
  const failed = [better, worse].find((score) => typeof score !== "number");
  if (failed && isMissing(failed))
    throw uncalibrated(name, `has no verdict on its two test cases: ${failed.missing}`);
  if (!(better > worse)) {
    const ratings = `It rates the better case ${better} and the worse ${worse}.`;
    throw uncalibrated(name, `does not tell its two test cases apart: ${ratings}`);
  }
}

function unreachable({ code, message }: MedRoundsError): MedRoundsError {
  const said = `The judge of the suite can't be asked: ${message}`;
  return new MedRoundsError("judge-unreachable", said, { cause: code });
}

function uncalibrated(judge: string, what: string): MedRoundsError {
  const message = `The judge ${judge} ${what}`;
  return new MedRoundsError("judge-uncalibrated", message, { judge });
}
