import type { Section } from "../document.ts";

/** A heading in a text, with its level from 1 (outermost). `start` and `end` enclose what belongs to it alone. */
export type Heading = { level: number; text: string; start: number; end: number };

/** The sections of a text from `start` on: what stands between its headings, in order, each under the path of headings that leads to it. */
export function sectionsBetween(request: {
  text: string;
  headings: readonly Heading[];
  start: number;
}): Section[] {
  const { text } = request;
  const sections: Section[] = [];
  let path: Heading[] = [];
  let start = request.start;
  const close = (end: number) => {
    if (text.slice(start, end).trim() === "") return;
    const headings = path.map((heading) => heading.text).filter((heading) => heading !== "");
    sections.push({ headings, start, end });
  };
  for (const heading of request.headings) {
    close(heading.start);
    path = [...path.filter((outer) => outer.level < heading.level), heading];
    start = heading.end;
  }
  close(text.length);
  return sections;
}
