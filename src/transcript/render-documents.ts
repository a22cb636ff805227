import type { Grammar } from "./grammars/grammar.ts";

/** A piece of evidence as any grammar shows it; the number is the round's. */
type ShownDocument = { number: number; title: string; text: string };

/** What was found, as it stands in a retrieve block of the grammar; tag look-alikes are escaped when it is written. */
export function renderDocuments(documents: readonly ShownDocument[], { documents: form }: Grammar): string {
  if (documents.length === 0) return form.none;
  return documents.map((document) => renderOne(document, form.one)).join("\n");
}

function renderOne({ number, title, text }: ShownDocument, form: string): string {
  const values: Record<string, string> = { number: String(number), title, text };
  return form.replace(/\{(number|title|text)\}/g, (_, name: string) => values[name]!);
}
