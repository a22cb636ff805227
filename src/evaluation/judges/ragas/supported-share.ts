import { sha256 } from "#platform";
import type { AnsweredSample } from "../../answers/answer.ts";
import type { AskedJudge } from "../ask-prompt.ts";
import { evidencePieces, fieldsFor, numberPieces } from "../fields-of.ts";
import type { JudgeMethod } from "../judge-method.ts";
import type { JudgePrompt } from "../judge-prompt.ts";
import { judgeStatements, splitStatements } from "./judge-statements.ts";

type Prompts = { statements: JudgePrompt; supported: JudgePrompt };

/**
 * RAGAS's faithfulness: share of the statements of an answer that the round's evidence bears, 0–1 (Es et al. 2023, arXiv 2309.15217). An
 * answer without statements has none: it is missing, where RAGAS has NaN. A round that found nothing bears nothing: 0.
 */
export function createFaithfulness(prompts: Prompts): JudgeMethod {
  return supportedShare({ name: "faithfulness", title: "Faithfulness (RAGAS)", of: "answer", ...prompts });
}

/**
 * RAGAS's context recall: share of the statements of the right answer that the round's evidence bears, 0–1, by the same rules. Only where the
 * data set's right answer is a text, not yes, no or rows.
 */
export function createContextRecall(prompts: Prompts): JudgeMethod {
  return supportedShare({
    ...{ name: "context-recall", title: "Context recall (RAGAS)", of: "reference", ...prompts },
  });
}

function supportedShare(
  method: Prompts & Pick<JudgeMethod, "name" | "title"> & { of: "answer" | "reference" },
): JudgeMethod {
  const { name, title, of, statements, supported } = method;
  return {
    ...{ name, title, hash: sha256(statements.hash + supported.hash) },
    async measure(answered: AnsweredSample, asked: AskedJudge) {
      const fields = fieldsFor(answered, { ...statements, reads: ["question", of] });
      const evidence = evidencePieces(answered.answer);
      if (!fields || !evidence) return null;
      const { question = "", [of]: answer = "" } = fields;
      const split = await splitStatements(statements, { ...asked, question, answer });
      if ("missing" in split) return split;
      return judgeStatements(supported, { ...asked, statements: split, evidence: numberPieces(evidence) });
    },
  };
}
