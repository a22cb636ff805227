import { z } from "zod";
import type { Draft, Row } from "../../data-set-format.ts";
import { maybeText, readFields, someText, someTexts } from "../../fields.ts";

const fields = z.object({
  id: someText,
  file: maybeText,
  patient_id: maybeText,
  slide_id: maybeText,
  official_split: maybeText,
  split: maybeText,
  licence: maybeText,
  license: maybeText,
  sources: someTexts.nullish(),
  PMID: someTexts.nullish(),
});

/** Texts that stand for an unknown patient or slide. */
const unknown = /^(?:unknown|none|null|nan|n\/?a|-|\?)$/i;

/** What rows of every kind of a manifest have in common. */
export function commonFields(row: Row) {
  const known = readFields(fields, row.value);
  return {
    sourceId: known.id,
    images: known.file ? [{ type: "file" as const, path: known.file, folders: [""] }] : [],
    split: known.official_split ?? known.split,
    patient: identity(known.patient_id),
    slide: identity(known.slide_id),
    license: known.license ?? known.licence,
    sources: known.sources ?? known.PMID ?? undefined,
  } satisfies Partial<Draft>;
}

function identity(written: string | undefined): string | undefined {
  return written && !unknown.test(written) ? written : undefined;
}
