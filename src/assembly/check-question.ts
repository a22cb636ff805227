import { MedRoundsError, type Option, questionLimit } from "#contracts";

/** Throws `question-empty`, `question-too-long` and `option-invalid`. */
export function checkQuestion(request: {
  question: string;
  images: readonly unknown[];
  options: readonly Option[];
}): void {
  const { question, images, options } = request;
  if (question.length > questionLimit) {
    throw new MedRoundsError("question-too-long", `The question has over ${questionLimit} characters.`, {
      characters: question.length,
      limit: questionLimit,
    });
  }
  if (question.trim() === "" && images.length === 0) {
    throw new MedRoundsError("question-empty", "There is neither a question nor an image.");
  }
  const labels = new Set(options.map(({ label }) => label.toLowerCase()));
  if (options.length === 1) throw new MedRoundsError("option-invalid", "One option alone is no choice.");
  if (labels.size < options.length) {
    throw new MedRoundsError("option-invalid", "Two options have the same label.");
  }
}
