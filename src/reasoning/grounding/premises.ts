import type { Evidence } from "#contracts";
import { sentences } from "#text";
import { readStatement, type Statement } from "./statement.ts";

/** What evidence says in one sentence, in a case's labels or in a row. */
export type Premise = {
  /** The number of the evidence. */
  evidence: number;
  type: Evidence["type"];
  statement: Statement;
  /** Title and headings, which the sentence is about. */
  context: Statement;
  /** Where it stands in the evidence's text; null for labels and rows. */
  span: { text: string; start: number; end: number } | null;
  /** A whole table: only what compares values is borne by more than a row. */
  wide: boolean;
};

/** Evidence beyond this many sentences and rows is not compared with. */
const mostPremises = 5000;

/** All that the evidence says, in order; neighboring sentences of one text are neighbors. */
export function readPremises(evidence: readonly Evidence[]): Premise[] {
  const premises: Premise[] = [];
  for (const item of evidence) {
    if (premises.length >= mostPremises) break;
    premises.push(...readOne(item));
  }
  return premises.slice(0, mostPremises);
}

function readOne(item: Evidence): Premise[] {
  switch (item.type) {
    case "passage": {
      const { title, headings, text } = item.passage;
      return readText(item, text, [title, ...headings].join(". "));
    }
    case "page":
      return readText(item, item.page.text, item.page.title);
    case "case": {
      const { labels, text } = item.case;
      const said = labels
        .map(({ name, status }) => `${opening[status]}${name.replaceAll("_", " ")}.`)
        .join(" ");
      return [...(said === "" ? [] : [premiseOf(item, said)]), ...readText(item, text, "")];
    }
    case "rows": {
      const { columns, rows, database } = item.table;
      const context = readStatement(tidyName(database));
      const lines = rows.map((row) =>
        columns.map((column, index) => `${tidyName(column)} ${String(row[index] ?? "none")}`).join(", "),
      );
      const wide = lines.length > 1 ? [{ ...premiseOf(item, lines.join("; ")), context, wide: true }] : [];
      return [...lines.map((line) => ({ ...premiseOf(item, line), context })), ...wide];
    }
  }
}

const opening = { present: "", absent: "No ", uncertain: "Possible " } as const;
const nothing = readStatement("");

function premiseOf({ number, type }: Evidence, text: string): Premise {
  return {
    evidence: number,
    type,
    statement: readStatement(text),
    context: nothing,
    span: null,
    wide: false,
  };
}

function readText({ number, type }: Evidence, text: string, heading: string): Premise[] {
  const context = readStatement(heading);
  return sentences(text).map(({ start, end, text: sentence }) => ({
    evidence: number,
    type,
    statement: readStatement(sentence),
    context,
    span: { text, start, end },
    wide: false,
  }));
}

/** Two neighboring sentences of one text as one premise; undefined where they are not. */
export function joinPremises(first: Premise | undefined, second: Premise | undefined): Premise | undefined {
  if (!first?.span || !second?.span || first.evidence !== second.evidence) return undefined;
  const { text, start } = first.span;
  const { end } = second.span;
  const terms = first.statement.terms.union(second.statement.terms);
  return { ...first, statement: readStatement(text.slice(start, end), terms), span: { text, start, end } };
}

/** A name of a column or database as words: "heart_rate" and "heartRate" are "heart rate". */
function tidyName(name: string): string {
  return name
    .replace(/\.\w+$/, "")
    .replaceAll("_", " ")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ");
}
