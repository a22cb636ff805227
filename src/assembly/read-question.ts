import { MedRoundsError, type Option, type Question, questionLimit } from "#contracts";

/**
 * A question from what a person wrote. Options are `LABEL=text`. Throws `question-empty`, `question-too-long` and
 * `option-invalid`.
 */
export function readQuestion(request: {
  text: string;
  images: readonly string[];
  options: readonly string[];
  patientId?: string;
  slideId?: string;
}): Question {
  const { text, images, options, ...identity } = request;
  if (text.length > questionLimit) {
    throw new MedRoundsError("question-too-long", `The question has over ${questionLimit} characters.`, {
      characters: text.length,
      limit: questionLimit,
    });
  }
  if (text.trim() === "" && images.length === 0) {
    throw new MedRoundsError("question-empty", "There is neither a question nor an image.");
  }
  return { text, images: images.map((name) => ({ name })), options: readOptions(options), ...identity };
}

function readOptions(written: readonly string[]): Option[] {
  const options = written.map((option) => {
    const [, label, text] = /^\s*([^=]{1,40}?)\s*=\s*(.+?)\s*$/s.exec(option) ?? [];
    if (label && text && option.length <= 2_000) return { label, text };
    throw new MedRoundsError("option-invalid", `“${option.slice(0, 80)}” is not an option.`);
  });
  const labels = new Set(options.map(({ label }) => label.toLowerCase()));
  if (options.length === 1 || labels.size < options.length) {
    const message =
      options.length === 1 ? "One option alone is no choice." : "Two options have the same label.";
    throw new MedRoundsError("option-invalid", message);
  }
  return options;
}
