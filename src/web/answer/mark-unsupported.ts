import { plain } from "../plain-text.ts";
import type { AnswerText, Run } from "./answer-text.ts";

/** An answer with the words of these sentences marked as unsupported; they are found by what they say, without their citations. */
export function markUnsupported(answer: AnswerText, sentences: readonly string[]): AnswerText {
  const doubted = sentences.map(bare);
  const mark = (run: Run): Run => {
    const words = run.type === "text" ? bare(run.text) : "";
    const isDoubted = words.length > 1 && doubted.some((sentence) => sentence.includes(words));
    return run.type === "text" && isDoubted ? { ...run, unsupported: true } : run;
  };
  return {
    ...answer,
    headline: answer.headline.map(mark),
    paragraphs: answer.paragraphs.map((runs) => runs.map(mark)),
  };
}

function bare(text: string): string {
  return plain(text)
    .replace(/\[\d{1,5}\]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
