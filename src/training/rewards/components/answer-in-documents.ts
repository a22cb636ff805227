import { answerWords } from "../answer-words.ts";
import { goldTexts } from "../gold.ts";
import { retrievedTexts } from "../retrieved-texts.ts";
import type { Reward } from "../reward.ts";

/** Search-R1 0.3's retrieval bonus (arXiv 2503.09516, released `qa_em_format`). */
export const answerInDocuments: Reward = {
  name: "answer-in-documents",
  about: "1 where the right answer, or another name of it, stands in what was found, else 0.",
  read(trajectory) {
    const wanted = goldTexts(trajectory)
      .map(answerWords)
      .filter((text) => text !== "");
    if (wanted.length === 0) return { value: null, reason: "The right answer was not given in words." };
    const isFound = retrievedTexts(trajectory).some((text) => {
      const words = ` ${answerWords(text)} `;
      return wanted.some((one) => words.includes(` ${one} `));
    });
    return { value: isFound ? 1 : 0 };
  },
};
