import { z } from "zod";
import type { Measured } from "../../answers/answer.ts";
import { type AskedJudge, askPrompt, isMissing, type Missing } from "../ask-prompt.ts";
import type { JudgePrompt } from "../judge-prompt.ts";

const mostStatements = 40;
const statementsReply = z.object({ statements: z.array(z.string()).max(200) });
const verdictsReply = z.object({
  verdicts: z.array(z.object({ number: z.int(), supported: z.boolean() })),
});

/** The statements that a text makes, each understandable alone, at most 40. */
export async function splitStatements(
  prompt: JudgePrompt,
  { question, answer, ...asked }: AskedJudge & { question: string; answer: string },
): Promise<string[] | Missing> {
  const given = await askPrompt({ ...asked, prompt, fields: { question, answer }, reply: statementsReply });
  if (isMissing(given)) return given;
  return given.statements
    .map((statement) => statement.replace(/\s+/g, " ").trim())
    .filter((statement) => statement !== "")
    .slice(0, mostStatements);
}

/** Share of statements that the evidence bears, 0–1; 0 without evidence. Missing without statements, and where the judge leaves one of them out. */
export async function judgeStatements(
  prompt: JudgePrompt,
  { statements, evidence, ...asked }: AskedJudge & { statements: readonly string[]; evidence: string },
): Promise<Measured> {
  if (statements.length === 0) return { missing: "There is no statement to be judged." };
  if (evidence === "") return 0;
  const numbered = statements.map((statement, index) => `${index + 1}. ${statement}`).join("\n");
  const fields = { statements: numbered, evidence };
  const given = await askPrompt({ ...asked, prompt, fields, reply: verdictsReply });
  if (isMissing(given)) return given;
  const verdicts = new Map(given.verdicts.map(({ number, supported }) => [number, supported]));
  const judged = statements.map((_, index) => verdicts.get(index + 1));
  if (judged.includes(undefined)) return { missing: "The judge left a statement out." };
  return judged.filter(Boolean).length / statements.length;
}
