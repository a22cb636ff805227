import type { Section } from "../../document.ts";
import { invalid, type Row, type RowReader, rowDocument, stringField, withoutText } from "../row.ts";

/**
 * A document of MedQuAD (Ben Abacha and Demner-Fushman 2019): `focus` and `qa`, a list of pairs `question` and `answer`. Its text is
 * the questions and answers in order; each answer is a section, its question a heading. A pair without an answer is metadata
 * only, as is what a pair says besides.
 */
export const medquad: RowReader = {
  name: "medquad",
  fits: (row) => "focus" in row && "qa" in row,
  read: (row) => {
    const focus = stringField(row, "focus");
    const sections: Section[] = [];
    const remainders: Row[] = [];
    let text = "";
    for (const pair of pairs(row)) {
      const { question: _question, answer: _answer, ...remainder } = pair;
      const answer = stringField(pair, "answer");
      remainders.push(answer === undefined ? pair : remainder);
      if (answer === undefined) continue;
      const question = stringField(pair, "question");
      if (text !== "") text += "\n\n";
      if (question !== undefined) text += `${question}\n`;
      const headings = [focus, question].filter((heading) => heading !== undefined);
      sections.push({ headings, start: text.length, end: text.length + answer.length });
      text += answer;
    }
    if (sections.length === 0) throw withoutText(row);
    return rowDocument({
      row,
      text,
      title: focus,
      consumed: ["focus"],
      sections,
      metadata: { qa: remainders },
    });
  },
};

function pairs(row: Row): Row[] {
  if (!Array.isArray(row.qa) || !row.qa.every(isPair)) {
    throw invalid(row, "qa", "is not a list of pairs with a question and an answer, each a string or null");
  }
  return row.qa;
}

function isPair(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { question, answer } = value as Row;
  return [question ?? "", answer ?? ""].every((part) => typeof part === "string");
}
