import { evidencePieces, fieldsFor } from "../fields-of.ts";
import type { JudgeMethod } from "../judge-method.ts";
import type { JudgePrompt } from "../judge-prompt.ts";
import { rate } from "../rating.ts";
import { contextPrecision } from "./formulas.ts";

/**
 * RAGAS's context precision: whether what was useful for the right answer came first among what a round found, 0–1; 0 where it found nothing.
 * Missing where the judge leaves one piece unjudged.
 */
export function createContextPrecision({ useful }: { useful: JudgePrompt }): JudgeMethod {
  return {
    name: "context-precision",
    title: "Context precision (RAGAS)",
    hash: useful.hash,
    async measure(answered, asked) {
      const fields = fieldsFor(answered, { ...useful, reads: ["question", "reference"] });
      const pieces = evidencePieces(answered.answer);
      if (!fields || !pieces) return null;
      const verdicts: boolean[] = [];
      for (const evidence of pieces) {
        const verdict = await rate(useful, { ...asked, fields: { ...fields, evidence } });
        if (typeof verdict !== "number") return verdict;
        verdicts.push(verdict >= 0.5);
      }
      return contextPrecision(verdicts);
    },
  };
}
