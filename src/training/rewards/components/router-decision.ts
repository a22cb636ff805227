import type { ReadTrajectory } from "../read-trajectory.ts";
import type { Reward } from "../reward.ts";

/** What Patho-AgenticRAG's router decides: whether to search, in how many rewordings, and in which partition if in one. */
type Decision = {
  rag: boolean;
  rewriteCount: number | undefined;
  classifier: boolean | undefined;
  partition: string | undefined;
};

/** The router's hierarchical reward (Patho-AgenticRAG, arXiv 2508.02258). */
export const routerDecision: Reward = {
  name: "router-decision",
  about:
    "0–4: 0 for a wrong rag; 4 for a right rag of false; for a right rag of true 1, 1 more for the exact rewrite_count, and for a right classifier 2 more where it is false, else 1 and 1 more for the right partition.",
  read(trajectory) {
    const gold = readDecision(trajectory.gold.text ?? "");
    if (gold === null || (gold.rag && gold.classifier === undefined)) {
      return { value: null, reason: "The right answer is no decision of a router." };
    }
    const given = readDecision(writtenDecision(trajectory));
    if (given === null) return { value: 0, flags: ["no-decision"] };
    if (given.rag !== gold.rag) return { value: 0 };
    if (!gold.rag) return { value: 4 };
    const isCounted = given.rewriteCount !== undefined && given.rewriteCount === gold.rewriteCount;
    return { value: 1 + (isCounted ? 1 : 0) + classification(given, gold) };
  },
};

function classification(given: Decision, gold: Decision): number {
  if (given.classifier !== gold.classifier) return 0;
  if (!gold.classifier) return 2;
  return given.partition !== undefined && given.partition === gold.partition ? 2 : 1;
}

/** A router answers without tags too. */
function writtenDecision({ answer, modelText, segments }: ReadTrajectory): string {
  if (answer !== null) return answer;
  return segments.every(({ kind }) => kind === "text" || kind === "think") ? modelText : "";
}

function readDecision(text: string): Decision | null {
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  try {
    const fields = JSON.parse(json) as Record<string, unknown> | null;
    if (typeof fields?.rag !== "boolean") return null;
    const { rewrite_count: count, classifier, partition } = fields;
    return {
      rag: fields.rag,
      rewriteCount: typeof count === "number" ? count : undefined,
      classifier: typeof classifier === "boolean" ? classifier : undefined,
      partition: typeof partition === "string" ? partition.trim().toLowerCase() : undefined,
    };
  } catch {
    return null;
  }
}
