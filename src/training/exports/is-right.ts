import type { ExportedRollout } from "./rollout-schema.ts";

/** Whether a rollout's answer is right; null where nobody knows what is right. */
export function isRight({ correct }: Pick<ExportedRollout, "correct">): boolean | null {
  return correct === null ? null : correct >= 1;
}
