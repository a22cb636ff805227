import type { TestQuestion } from "#text";

type Row = Record<string, unknown>;

/** Where a row stands; `firstOption` is the number of the first option in `cop`, null where it can't be told. */
type Place = { set: string; id: string; firstOption: number | null };

/**
 * The questions of a row of a test set: `question` with `options` (a list, or texts by label) or `opa` to `opd`, and `answer` (label,
 * index from 0 or words) or `cop`; a list `qa` of such rows, as VQA sets have it; PubMedQA's `QUESTION`; BEIR's queries (`_id`,
 * `text`). Empty where there is none. An answer that can't be told in words is null.
 */
export function questionsIn(row: Row, place: Place): TestQuestion[] {
  const id = readId(row) ?? place.id;
  if (Array.isArray(row.qa)) {
    return row.qa.flatMap((inner: unknown, index) => {
      if (typeof inner !== "object" || inner === null) return [];
      const own = readId(inner as Row) ?? index + 1;
      return questionsIn({ ...inner, id: `${id}#${own}` }, place);
    });
  }
  const query = row._id === undefined ? undefined : row.text;
  const question = [row.question, row.QUESTION, query].find(isText);
  if (question === undefined) return [];
  return [{ set: place.set, id, question, answer: readAnswer(row, place.firstOption) }];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function readId(row: Row): string | undefined {
  const id = [row.id, row._id, row.qid].find((value) => isText(value) || Number.isFinite(value));
  return id === undefined ? undefined : String(id);
}

function readAnswer(row: Row, firstOption: number | null): string | null {
  const options = readOptions(row);
  const answer = row.answer ?? row.answer_idx ?? row.final_decision;
  if (answer === undefined && Number.isInteger(row.cop) && firstOption !== null) {
    return options.at(Number(row.cop) - firstOption)?.text ?? null;
  }
  if (Number.isInteger(answer)) return options[Number(answer)]?.text ?? null;
  if (!isText(answer)) return null;
  const label = answer.trim().replace(/[).:]$/, "");
  const chosen = options.find((option) => option.label.toLowerCase() === label.toLowerCase());
  return chosen?.text ?? (/^[A-Za-z]$/.test(label) ? null : answer);
}

function readOptions({ options, opa, opb, opc, opd }: Row): { label: string; text: string }[] {
  const entries: [string, unknown][] = Array.isArray(options)
    ? options.map((text, index) => [String.fromCodePoint(65 + index), text])
    : Object.entries(
        typeof options === "object" && options !== null ? options : { A: opa, B: opb, C: opc, D: opd },
      );
  return entries.flatMap(([label, text]) => (isText(text) ? [{ label, text }] : []));
}
