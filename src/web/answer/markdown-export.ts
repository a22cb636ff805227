import { type Answer, type Evidence, medicalNotice, type TextEvidence, tellGrounding } from "#contracts";
import { fullScore } from "../evidence/case-score.ts";
import { nameEvidence } from "../evidence/evidence-name.ts";
import { placeEvidence } from "../evidence/evidence-place.ts";
import { plain } from "../plain-text.ts";
import { toArray } from "../round/append-only.ts";
import type { RoundView } from "../round/round-view.ts";
import { nameOption } from "./option-name.ts";

/**
 * A finished round as Markdown: question, answer, differential, what was cited with its exact words, the notice. Text that came
 * from outside is escaped, so that it cannot become markup.
 */
export function exportMarkdown({ question, answer, model, texts, cases }: RoundView): string {
  if (!question || !answer) return "";
  const { differential, citations, confidence, abstained } = answer;
  const cited = new Set(citations.map(({ evidence }) => evidence));
  const evidence: Evidence[] = [...toArray(cases), ...toArray(texts)]
    .filter(({ number }) => cited.has(number))
    .sort((one, other) => one.number - other.number);
  const rows = differential.map(
    ({ label, probability, interval: [low, high] }) =>
      `| ${cell(nameOption(label, question.options))} | ${probability.toFixed(2)} | ${low.toFixed(2)}–${high.toFixed(2)} |`,
  );
  const quotesOf = ({ number }: Evidence) => [
    ...new Set(
      citations.flatMap(({ evidence, quote }) => (evidence === number && quote !== null ? [quote] : [])),
    ),
  ];
  return [
    `# ${escapeMarkup(line(question.text) || "About the image")}`,
    question.options
      .map(({ label, text }) => `- ${escapeMarkup(line(label))}: ${escapeMarkup(line(text))}`)
      .join("\n"),
    abstained ? "**Abstained.**" : "",
    escapeMarkup(plain(answer.text)),
    confidence === null ? "" : `Confidence ${confidence.toFixed(2)}.`,
    tellDoubts(answer),
    rows.length === 0
      ? ""
      : ["| Differential | Probability | 95 % interval |", "| :-- | --: | --: |", ...rows].join("\n"),
    evidence.length === 0 ? "" : "## Evidence",
    ...evidence.map((item) => tellEvidence(item, quotesOf(item))),
    "---",
    [model ? `By ${escapeMarkup(line(model.description))}.` : "", medicalNotice].join(" ").trim(),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** How much of the answer the evidence bears, and a list of what it does not. */
function tellDoubts(answer: Answer): string {
  const told = tellGrounding(answer);
  if (!told) return "";
  const listed = told.unsupported.map(
    ({ text, instead }) =>
      `- Not borne out: ${escapeMarkup(line(text))}${instead === null ? "" : ` (${instead})`}`,
  );
  const said = [told.summary, told.invented]
    .filter((part) => part !== "")
    .map((part) => escapeMarkup(line(part)));
  return [said.join(" "), listed.join("\n")].filter((part) => part !== "").join("\n\n");
}

function tellEvidence(item: Evidence, quotes: readonly string[]): string {
  if (item.type === "case") {
    const { id, labels, corpus } = item.case;
    const named = labels
      .map(({ name, status }) => (status === "present" ? name : `${name} (${status})`))
      .join(", ");
    return `**[${item.number}]** Case ${escapeMarkup(line(id))} (${escapeMarkup(line(corpus))}), score ${fullScore(item.score)}: ${escapeMarkup(line(named))}`;
  }
  return [
    `**[${item.number}]** ${escapeMarkup(line(item.type === "passage" ? item.passage.title : nameEvidence(item)))}`,
    ...quotes.map(quote),
    source(item),
  ].join("\n\n");
}

function quote(text: string): string {
  return plain(text)
    .split("\n")
    .map((part) => `> ${escapeMarkup(part)}`)
    .join("\n");
}

function source(item: TextEvidence): string {
  const { address, parts } = placeEvidence(item);
  return `${parts.map((part) => escapeMarkup(line(part))).join(" · ")}${address ? ` · <${address}>` : ""}`;
}

function line(text: string): string {
  return plain(text).replace(/\s+/g, " ").trim();
}

function cell(text: string): string {
  return escapeMarkup(line(text)).replaceAll("|", "\\|");
}

/** Markup characters lose their meaning, also at the start of a line (`[1]: address`, `---`); a citation `[1]` stays as it is. */
function escapeMarkup(text: string): string {
  return text
    .replace(/[\\`*_{}<>#~!]/g, "\\$&")
    .replace(/\[(?!\d+\])/g, "\\[")
    .replace(/^([ \t]*)(?=\[\d+\]:|[-=+][-=+ \t]*$)/gm, "$1\\")
    .replace(/\](?=[([])/g, (bracket, index: number) =>
      /\[\d+$/.test(text.slice(0, index)) ? bracket : "\\]",
    );
}
