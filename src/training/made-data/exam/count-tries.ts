import { readRollouts } from "../../exports/read-rollouts.ts";
import type { Tries } from "./stratify.ts";

/**
 * Counts right answers in folders of rollouts, by the question's id; memory grows with the questions alone. Throws the errors of reading a
 * file and the signal's reason.
 */
export async function countTries(
  folders: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, Tries>> {
  const tries = new Map<string, Tries>();
  for await (const line of readRollouts(folders, signal)) {
    if (line.type !== "rollout" || line.rollout.correct === null) continue;
    const { question, correct } = line.rollout;
    const { id } = question;
    const before = tries.get(id) ?? { known: 0, right: 0 };
    tries.set(id, { known: before.known + 1, right: before.right + (correct === 1 ? 1 : 0) });
  }
  return tries;
}
