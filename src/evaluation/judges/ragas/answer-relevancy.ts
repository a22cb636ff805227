import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { askPrompt, isMissing, type Missing } from "../ask-prompt.ts";
import { fieldsFor } from "../fields-of.ts";
import type { JudgeMethod } from "../judge-method.ts";
import type { JudgeEmbedder } from "../judge-model.ts";
import type { JudgePrompt } from "../judge-prompt.ts";
import { answerRelevancy } from "./formulas.ts";

const reply = z.object({
  questions: z.array(z.object({ question: z.string().min(1), noncommittal: z.boolean() })).min(1),
});
const most = 3;

/**
 * RAGAS's answer relevancy: how like the question are questions that the answer would answer, by the cosine of their vectors; it does not
 * say whether the answer is true. 0 where all of them are noncommittal.
 */
export function createAnswerRelevancy({
  questions,
  embedder,
}: {
  questions: JudgePrompt;
  embedder: JudgeEmbedder;
}): JudgeMethod {
  return {
    name: "answer-relevancy",
    title: "Answer relevancy (RAGAS)",
    hash: questions.hash,
    embedder: embedder.name,
    async measure(answered, asked) {
      const fields = fieldsFor(answered, questions);
      if (!fields) return null;
      const given = await askPrompt({ ...asked, prompt: questions, fields, reply });
      if (isMissing(given)) return given;
      const generated = given.questions.slice(0, most);
      const texts = [answered.sample.question, ...generated.map(({ question }) => question)];
      const vectors = await embed(embedder, { texts, signal: asked.signal });
      if (isMissing(vectors)) return vectors;
      const [own, ...others] = vectors;
      if (!own || others.length !== generated.length) return { missing: "The embedder left a text out." };
      return answerRelevancy(
        own,
        generated.map(({ noncommittal }, place) => ({ vector: others[place]!, noncommittal })),
      );
    },
  };
}

async function embed(
  embedder: JudgeEmbedder,
  { texts, signal }: { texts: readonly string[]; signal: AbortSignal | undefined },
): Promise<readonly ArrayLike<number>[] | Missing> {
  try {
    return await embedder.embed(texts, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!MedRoundsError.is(error)) throw error;
    return { missing: `The embedder failed: ${error.code}.` };
  }
}
