import type { Evidence, Label, Table, WebPage } from "#contracts";
import { type Grammar, grammars, renderDocuments } from "#transcript";
import { neutralize, neutralizeLine } from "./guards/neutralize.ts";

/**
 * Evidence as the text that stands in a retrieved block: its number, what it is, and its words, as the grammar has them. It is data:
 * nothing in it can end the block or begin anything else (`neutralize`).
 */
export function renderEvidence(evidence: readonly Evidence[], grammar: Grammar = grammars[0]): string {
  const named = grammar.documents.one.includes("{title}");
  const documents = evidence.map((item) => {
    const described = describe(item);
    const title = neutralizeLine(shorten(described.title, longestTitle), grammar);
    const text = neutralize(shorten(described.text, longestText), grammar);
    // Where a grammar shows no titles, a passage is its text, as trainers' searches give it; anything else says what it is.
    const alone = item.type === "passage" ? text.trim() || title : `${title}: ${text}`;
    return { number: item.number, title, text: named ? text : alone };
  });
  return renderDocuments(documents, grammar);
}

/** A report that was never cut into passages must not fill a model's whole context. */
const longestText = 20_000;
const longestTitle = 500;

function shorten(text: string, limit: number): string {
  const left = text.length - limit;
  return left <= 0 ? text : `${text.slice(0, limit)} … (${left} more characters)`;
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

/** A line a row, cells kept apart as in Markdown; a cell can end neither itself nor its row. */
function describeTable({ database, columns, rows, truncated }: Table): { title: string; text: string } {
  const lines = [columns, ...rows].map((cells) => cells.map(renderCell).join(" | "));
  const text = ["", ...lines, ...(truncated ? ["There were more rows."] : [])].join("\n");
  return { title: `${database}, ${rows.length} rows`, text };
}

function renderCell(cell: Table["rows"][number][number]): string {
  return neutralizeLine(String(cell ?? "")).replaceAll("|", "\\|");
}

function renderLabel({ name, status }: Label): string {
  const said = neutralizeLine(name);
  return status === "present" ? said : `${said} (${status})`;
}
