import type { Chunking } from "./chunking.ts";
import { recursiveSplit } from "./recursive-split.ts";

/**
 * How MedRAG cut its textbooks and Wikipedia (Xiong et al. 2024, findings-acl.372): the recursive split of the whole text into passages
 * of up to 1,000 characters that repeat up to 200 of the one before. A passage is under the headings of the section in which it
 * begins. Unlike MedRAG, whitespace inside a passage stays as it is.
 */
export const medragTextbooks: Chunking = {
  name: "medrag-textbooks",
  cut: ({ text, sections }) => {
    const from = sections[0]?.start ?? text.length;
    const passages = recursiveSplit(text.slice(from), { size: 1000, overlap: 200 });
    let section = 0;
    return passages.map((span) => {
      const start = from + span.start;
      while ((sections[section]?.end ?? Infinity) <= start) section++;
      return { headings: sections[section]?.headings ?? [], start, end: from + span.end };
    });
  },
};
