import type { Section } from "../document.ts";
import { type Heading, sectionsBetween } from "./headings.ts";

/** Builds the text of a document out of headings and paragraphs, a blank line between two. */
export type TextBuilder = {
  /** A heading; one of the same level or above ends what is under it. An empty one is passed over. */
  heading(level: number, text: string): void;
  /** A paragraph; an empty one is passed over. */
  paragraph(text: string): void;
  /** The text, and its sections by headings; the headings themselves lie in none. */
  build(): { text: string; sections: Section[] };
};

export function createTextBuilder(): TextBuilder {
  const blocks: string[] = [];
  const headings: Heading[] = [];
  let length = 0;
  const append = (block: string) => {
    const start = blocks.length === 0 ? 0 : length + 2;
    blocks.push(block);
    length = start + block.length;
    return { start, end: length };
  };
  return {
    heading(level, text) {
      if (text !== "") headings.push({ level, text, ...append(text) });
    },
    paragraph(text) {
      if (text !== "") append(text);
    },
    build() {
      const text = blocks.join("\n\n");
      return { text, sections: sectionsBetween({ text, headings, start: 0 }) };
    },
  };
}
