import type { Passage } from "#contracts";
import type { SourceDocument } from "./document.ts";
import { documentKey } from "./document-key.ts";
import { paragraphs, passageLimit } from "./paragraphs.ts";
import { type Span, trimSpan } from "./span.ts";

/** Characters at which a passage is full: a further paragraph begins the next one. */
const target = 1000;
/** Characters below which a passage joins its neighbor where the two stay within the limit. */
const minimum = 200;

/**
 * A document as passages: whole paragraphs of one section, gathered up to 1,000 characters; at most 1,500 characters; below 200
 * only where joining a neighbor would exceed that or cross a section's border. Every character of a section that is not
 * whitespace is in exactly one passage. `file` is the document's file as the passage's source names it. Never throws.
 * The rule follows MedRAG's StatPearls snippets (Xiong et al. 2024, findings-acl.372), without their overlap of neighbors.
 */
export function chunkDocument(request: {
  document: SourceDocument;
  corpus: string;
  file: string;
}): Passage[] {
  const { document, corpus, file } = request;
  const cuts = document.sections.flatMap((section) =>
    gather(document.text, section).map((span) => ({ span, headings: section.headings })),
  );
  const key = documentKey({ corpus, id: document.id });
  return cuts.map(({ span, headings }, index) => ({
    id: cuts.length === 1 ? key : `${key}#${index + 1}`,
    corpus,
    title: document.title,
    headings,
    text: document.text.slice(span.start, span.end),
    source: { file, document: document.id, start: span.start, end: span.end },
    ...(document.licence === undefined ? {} : { licence: document.licence }),
    ...(document.url === undefined ? {} : { url: document.url }),
    metadata: document.metadata,
  }));
}

function gather(text: string, section: Span): Span[] {
  const whole = trimSpan(text, section);
  if (whole.end === whole.start) return [];
  if (whole.end - whole.start <= target) return [whole];

  const gathered = join(paragraphs(text, whole), (last, next) => {
    const joined = next.end - last.start;
    return joined <= target || (length(last) < minimum && joined <= passageLimit);
  });
  return join(gathered, (last, next) => length(next) < minimum && next.end - last.start <= passageLimit);
}

/** The spans in order, each joined to the one before it where `joins` says so. */
function join(spans: readonly Span[], joins: (last: Span, next: Span) => boolean): Span[] {
  const result: Span[] = [];
  for (const next of spans) {
    const last = result.at(-1);
    if (last && joins(last, next)) last.end = next.end;
    else result.push({ ...next });
  }
  return result;
}

function length(span: Span): number {
  return span.end - span.start;
}
