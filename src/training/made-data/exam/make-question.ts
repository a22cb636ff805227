import { z } from "zod";
import { sha256 } from "#platform";
import { askForJson, type MakingModel } from "../ask-for-json.ts";
import { keptApart, type Made, type MadeImage } from "../made-row.ts";
import type { MakingPrompt } from "../making-prompt.ts";
import { checkQuestion } from "./check-question.ts";
import { placeOptions } from "./exam-question.ts";

/** An image with a question about it and its answer. */
export type AnsweredImage = {
  id: string;
  question: string;
  answer: string;
  image: MadeImage;
  license: string;
  patient: string;
  slide: string;
};

/** First the analysis of the image, then the question of its background alone. */
type ExamPrompts = { analysis: MakingPrompt; question: MakingPrompt };

const said = (most: number) => z.string().trim().min(1).max(most);
const analysisSchema = z.object({
  background: said(2_000),
  observation: said(2_000),
  analysis: said(2_000),
  conclusion: said(500),
});
const questionSchema = z.object({
  question: said(2_000),
  answer: said(300),
  distractors: z.array(said(300)).min(1).max(3),
  explanation: said(2_000),
});

/**
 * Reconstructs an examination question as Med-RwR did (arXiv 2510.18303): (image, question, answer) to background, observation, analysis and
 * conclusion; then of the background and the conclusion, which is to be found, a question of at most four options that needs the image. Who
 * writes the question is not told what the image shows. Rejects as `askForJson` does.
 */
export async function makeQuestion(
  source: AnsweredImage,
  { model, prompts, seed }: { model: MakingModel; prompts: ExamPrompts; seed: number },
): Promise<Made> {
  const { id, question, answer, image, license, patient, slide } = source;
  const read = await askForJson(model, {
    prompt: prompts.analysis,
    fields: { question, answer },
    images: [image.sha256],
    reply: analysisSchema,
  });
  if (!("reply" in read)) return keptApart(id, read.reason, read.message);
  const analysis = read.reply;
  const { background, conclusion } = analysis;
  const asked = await askForJson(model, {
    prompt: prompts.question,
    fields: { background, conclusion },
    reply: questionSchema,
    check: (written) => checkQuestion(written, { analysis, answer }),
  });
  if (!("reply" in asked)) return keptApart(id, asked.reason, asked.message);
  const placed = placeOptions(asked.reply, seedOf(id, seed));
  const options = Object.fromEntries(placed.options.map(({ label, text }) => [label, text]));
  const row = {
    ...{ id, license, patient, images: [image.sha256] },
    texts: [placed.question, ...placed.options.map(({ text }) => text), placed.explanation],
    fields: {
      ...{
        id,
        file: image.name,
        image_sha256: image.sha256,
        question: placed.question,
        options,
        answer: placed.label,
      },
      ...{ explanation: placed.explanation, analysis, source_question: question, source_answer: answer },
      ...{ patient_id: patient, slide_id: slide, license },
    },
  };
  return { rows: [row], failures: [] };
}

function seedOf(id: string, seed: number): number {
  return Number.parseInt(sha256(`${seed} ${id}`).slice(0, 12), 16);
}
