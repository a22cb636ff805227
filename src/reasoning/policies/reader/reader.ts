import type { CaseEvidence, PassageEvidence } from "#contracts";
import type { Action, Policy, RoundState, ToolCall } from "../../policy.ts";
import { answerLabel } from "./answer-label.ts";
import { answerOption } from "./answer-option.ts";
import { answerText } from "./answer-text.ts";
import { formDifferential } from "./differential.ts";
import type { Findings } from "./findings.ts";
import { onlyJudges, saysNothingFound, subjectQuery } from "./subject.ts";

/** Labels of the differential that are looked up when no options are given. */
const leadingFindings = 2;

/**
 * The built-in reader: no language model. It looks for similar cases, forms a differential, queries the passages by the
 * question and then by each leading finding or option, and answers with what it found, or abstains.
 */
export const reader: Policy = {
  identity: {
    policy: "reader",
    name: null,
    endpoint: null,
    description: "built-in reader; no language model was used",
  },
  async *decide(state) {
    const action = decideStep(state);
    if (action.said.text !== "") yield { type: "thought-delta", text: action.said.text };
    return action;
  },
};

function decideStep(state: RoundState): Action {
  const { question, images, turns, mustAnswer } = state;
  const asked = new Set(turns.flatMap(({ searches }) => searches.map(({ call }) => call.tool)));
  const count = images.length === 1 ? "the image" : `${images.length} images`;
  if (!mustAnswer && images.length > 0 && !asked.has("find_similar_cases")) {
    return search(`I compare ${count} with the library's cases.`, [["find_similar_cases", "all images"]]);
  }
  const passageSearches = turns.filter(({ searches }) =>
    searches.some(({ call }) => call.tool === "search_passages"),
  );
  const subject = subjectQuery(question.text);
  if (!mustAnswer && subject !== "" && passageSearches.length === 0) {
    return search(sayDifferential(state), [["search_passages", subject]]);
  }
  const findings = wantedFindings(state);
  const searched = passageSearches.length > (subject === "" ? 0 : 1);
  if (!mustAnswer && findings.length > 0 && !searched) {
    const thought = subject !== "" ? "I look up each candidate." : sayDifferential(state);
    return search(
      thought,
      findings.map((query) => ["search_passages", query] as const),
    );
  }
  return answer(state);
}

function search(
  thought: string,
  queries: readonly (readonly [tool: ToolCall["tool"], query: string])[],
): Action {
  const calls = queries.map(([tool, query], index) => ({ id: `${tool}-${index + 1}`, tool, query }));
  return { type: "search", said: { type: "thought", text: thought }, calls };
}

function wantedFindings(state: RoundState): string[] {
  const { question } = state;
  const worded = question.options.filter(({ text }) => !onlyJudges(text));
  if (worded.length > 0) return worded.map(({ text }) => `${text} ${subjectQuery(question.text)}`.trim());
  const subject = subjectQuery(question.text).toLowerCase();
  return formDifferential(casesOf(state))
    .slice(0, leadingFindings)
    .map(({ label }) => label)
    .filter((label) => label.toLowerCase() !== subject && !saysNothingFound(label));
}

function sayDifferential(state: RoundState): string {
  const cases = casesOf(state);
  if (cases.length === 0) return "I look up the question.";
  const leading = formDifferential(cases).slice(0, 3);
  if (leading.length === 0) return `The ${cases.length} most similar cases carry no labels.`;
  const said = leading.map(({ label, probability }) => `${label} ${probability.toFixed(2)}`).join(", ");
  return `The ${cases.length} most similar cases vote for: ${said}.`;
}

function answer(state: RoundState): Action {
  const { question, confidenceThreshold } = state;
  const cases = casesOf(state);
  const passages = state.evidence.filter((item): item is PassageEvidence => item.type === "passage");
  const findings: Findings = {
    question: question.text,
    options: question.options,
    cases,
    passages,
    differential: formDifferential(cases),
    confidenceThreshold,
  };
  const compose = question.options.length > 0 ? answerOption : cases.length > 0 ? answerLabel : answerText;
  const thought = `I answer from ${cases.length} cases and ${passages.length} passages, without a language model.`;
  return { type: "answer", said: { type: "thought", text: thought }, ...compose(findings) };
}

function casesOf(state: RoundState): CaseEvidence[] {
  return state.evidence.filter((item): item is CaseEvidence => item.type === "case");
}
