import { type ImageKind, MedRoundsError, type Option, type Question } from "#contracts";
import { judgeDomain } from "#reasoning";
import type { RoundRecipe } from "./round-recipe.ts";

/**
 * Notes on a question that seems not to be medical, where the recipe wants to know: where it warns, of one that names another field,
 * and where it refuses, of one that may be medical. What was asked before belongs to the question.
 *
 * @throws MedRoundsError `question-not-medical` where the recipe refuses
 */
export function checkDomain(request: {
  question: string;
  options: readonly Option[];
  earlier?: Question["earlier"];
  loaded: readonly { kind: { name: ImageKind } }[];
  recipe?: RoundRecipe | undefined;
}): string[] {
  const { question, options, earlier = [], loaded, recipe } = request;
  const hasImages = loaded.some(({ kind }) => kind.name !== "other");
  if (!recipe?.text || (question.trim() === "" && loaded.length > 0)) return [];
  const before = earlier.flatMap((turn) => [turn.question, turn.answer]);
  const text = [question, ...options.map((option) => option.text), ...before].join("\n");
  const { verdict, reason } = judgeDomain({ text, hasImages });
  const { otherwise } = recipe.text;
  if (verdict === "medical") return [];
  if (verdict === "not-medical" && otherwise === "refuse") {
    const message = `The question seems not to be medical, and the recipe ${recipe.name} takes no other. ${reason}`;
    throw new MedRoundsError("question-not-medical", message, { recipe: recipe.name });
  }
  const seems = verdict === "not-medical" ? "seems not to be medical" : "may not be medical";
  return verdict === "unclear" && otherwise === "warn" ? [] : [`The question ${seems}. ${reason}`];
}
