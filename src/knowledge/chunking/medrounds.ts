import { type Span, trimSpan } from "../span.ts";
import type { Chunking } from "./chunking.ts";
import { paragraphs, passageLimit } from "./paragraphs.ts";
import { joinSpans, spanLength } from "./spans.ts";

/** Characters at which a passage is full: a further paragraph begins the next one. */
const target = 1000;
/** Characters below which a passage joins its neighbor where the two stay within the limit. */
const minimum = 200;

/**
 * Our own rule: whole paragraphs of one section, gathered up to 1,000 characters; at most 1,500 characters; below 200 only where
 * joining a neighbor would exceed that or cross a section's border. Every character of a section that is not whitespace is in
 * exactly one passage. It follows MedRAG's StatPearls snippets (Xiong et al. 2024, findings-acl.372).
 */
export const medrounds: Chunking = {
  name: "medrounds",
  cut: ({ text, sections }) =>
    sections.flatMap((section) =>
      gather(text, section).map((span) => ({ ...span, headings: section.headings })),
    ),
};

function gather(text: string, section: Span): Span[] {
  const whole = trimSpan(text, section);
  if (whole.end === whole.start) return [];
  if (whole.end - whole.start <= target) return [whole];

  const gathered = joinSpans(paragraphs(text, whole), (last, next) => {
    const joined = next.end - last.start;
    return joined <= target || (spanLength(last) < minimum && joined <= passageLimit);
  });
  return joinSpans(
    gathered,
    (last, next) => spanLength(next) < minimum && next.end - last.start <= passageLimit,
  );
}
