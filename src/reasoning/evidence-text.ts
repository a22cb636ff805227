import type { Evidence, Label, Table, WebPage } from "#contracts";
import { type Grammar, grammars, renderDocuments } from "#transcript";

/** Evidence as the text that stands in a retrieved block: its number, what it is, and its exact words, as the grammar has them. */
export function renderEvidence(evidence: readonly Evidence[], grammar: Grammar = grammars[0]): string {
  const named = grammar.documents.one.includes("{title}");
  const documents = evidence.map((item) => {
    const { title, text } = describe(item);
    // Where a grammar shows no titles, a passage is its text, as trainers' searches give it; anything else says what it is.
    const alone = item.type === "passage" ? text.trim() || title : `${title}: ${text}`;
    return { number: item.number, title, text: named ? text : alone };
  });
  return renderDocuments(documents, grammar);
}

function describe(evidence: Evidence): { title: string; text: string } {
  switch (evidence.type) {
    case "passage": {
      const { title, headings, text } = evidence.passage;
      return { title: [title, ...headings.filter((heading) => heading !== title)].join(", "), text };
    }
    case "case": {
      const { id, labels, text } = evidence.case;
      const said = labels.length === 0 ? "no labels" : labels.map(renderLabel).join(", ");
      return {
        title: `Case ${id}, similarity ${evidence.score.toFixed(2)}`,
        text: `${said}. ${text}`.trim(),
      };
    }
    case "page":
      return describePage(evidence.page);
    case "rows":
      return describeTable(evidence.table);
  }
}

function describePage({ title, site, published, trusted, text }: WebPage): { title: string; text: string } {
  const said = [site, ...(published ? [published] : []), ...(trusted ? [] : ["no trusted publisher"])];
  return { title: `${title} (${said.join(", ")})`, text };
}

/** A line a row, cells kept apart as in Markdown. */
function describeTable({ database, columns, rows, truncated }: Table): { title: string; text: string } {
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => String(cell ?? "")).join(" | "));
  const text = ["", ...lines, ...(truncated ? ["There were more rows."] : [])].join("\n");
  return { title: `${database}, ${rows.length} rows`, text };
}

function renderLabel({ name, status }: Label): string {
  return status === "present" ? name : `${name} (${status})`;
}
