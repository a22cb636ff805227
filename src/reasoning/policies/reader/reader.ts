import { type CaseEvidence, MedRoundsError, type PassageEvidence } from "#contracts";
import type { Action, Policy, RoundState, ToolCall } from "../../policy.ts";
import { answerLabel, answerUndecided } from "./answer-label.ts";
import { answerOption } from "./answer-option.ts";
import { answerText } from "./answer-text.ts";
import { formDifferential } from "./differential.ts";
import type { Findings, ReaderAnswer } from "./findings.ts";
import { sayUntranslated, sharedWords } from "./foreign-question.ts";
import { readJudgment, standsForRest } from "./judgment.ts";
import { saysNothingFound, subjectQuery } from "./subject.ts";

/** Labels of the differential that are looked up when no options are given. */
const leadingFindings = 2;
/** Pixels a side below which an image shows nothing that could be compared. */
const smallestSide = 32;

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
  const { images, turns, mustAnswer } = state;
  const asked = new Set(turns.flatMap(({ searches }) => searches.map(({ call }) => call.tool)));
  const count = images.length === 1 ? "the image" : `${images.length} images`;
  const comparable = images.length > 0 && tooSmallOf(state) === undefined;
  if (!mustAnswer && comparable && !asked.has("find_similar_cases")) {
    return search(`I compare ${count} with the library's cases.`, [["find_similar_cases", "all images"]]);
  }
  const passageSearches = turns.filter(({ searches }) =>
    searches.some(({ call }) => call.tool === "search_passages"),
  );
  const subject = subjectQuery(wordsOf(state));
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
  const worded = question.options.filter(({ text }) => !readJudgment(text) && !standsForRest(text));
  // Without an image an option is looked up by itself: what the question's words find holds them, whatever else it says.
  const light = state.images.length > 0 ? subjectQuery(wordsOf(state)) : "";
  if (worded.length > 0) return worded.map(({ text }) => `${text} ${light}`.trim());
  const subject = subjectQuery(wordsOf(state)).toLowerCase();
  return formDifferential(casesOf(state))
    .filter(({ share }) => share > 0)
    .slice(0, leadingFindings)
    .map(({ label }) => label)
    .filter((label) => label.toLowerCase() !== subject && !saysNothingFound(label));
}

function sayDifferential(state: RoundState): string {
  const cases = casesOf(state);
  if (cases.length === 0) return "I look up the question.";
  const differential = formDifferential(cases);
  const leading = differential.filter(({ share }) => share > 0).slice(0, 3);
  if (leading.length === 0) {
    const said = differential.length === 0 ? "carry no labels" : "only say what is absent";
    return `The ${cases.length} most similar cases ${said}.`;
  }
  const said = leading.map(({ label, probability }) => `${label} ${probability.toFixed(2)}`).join(", ");
  return `The ${cases.length} most similar cases vote for: ${said}.`;
}

function answer(state: RoundState): Action {
  const searches = state.turns.flatMap((turn) => turn.searches);
  if (searches.length > 0 && searches.every(({ failure }) => failure)) {
    throw new MedRoundsError(
      "tool-failed",
      "Every search of the library failed, so there is nothing to answer from.",
    );
  }
  const { question, confidenceThreshold } = state;
  const cases = casesOf(state);
  const passages = state.evidence.filter((item): item is PassageEvidence => item.type === "passage");
  const findings: Findings = {
    question: wordsOf(state),
    options: question.options,
    cases,
    passages,
    differential: formDifferential(cases),
    confidenceThreshold,
  };
  const thought = `I answer from ${cases.length} cases and ${passages.length} passages, without a language model.`;
  const { answer, confidenceMethod } = compose(findings, state);
  const note = sayUntranslated(question.languages);
  const text = [answer.text, note].filter((part) => part !== "").join("\n\n");
  return {
    type: "answer",
    said: { type: "thought", text: thought },
    answer: { ...answer, text },
    confidenceMethod,
  };
}

/** An image is judged by similar cases or not at all: text alone never answers a question that has one. */
function compose(findings: Findings, state: RoundState): ReaderAnswer {
  const tooSmall = tooSmallOf(state);
  if (tooSmall) {
    const { name, width, height } = tooSmall;
    const lead = `The image ${name} has ${width} × ${height} pixels; below ${smallestSide} a side an image cannot be compared with cases, so nothing judges it.`;
    return answerUndecided(findings, lead);
  }
  if (state.images.length > 0 && findings.cases.length === 0) {
    return answerUndecided(
      findings,
      "The library holds no case that looks like the image, so nothing judges it.",
    );
  }
  if (findings.options.length > 0) return answerOption(findings);
  return state.images.length > 0 ? answerLabel(findings) : answerText(findings);
}

/** The question's words; one that names no subject ("Why?") is read with the question that it follows up. */
function wordsOf({ question: { text, earlier = [], languages } }: RoundState): string {
  const before = earlier.at(-1)?.question ?? "";
  const words = subjectQuery(text) === "" && before !== "" ? `${before} ${text}`.trim() : text;
  return sharedWords(words, languages);
}

function tooSmallOf({ images }: RoundState): RoundState["images"][number] | undefined {
  return images.find(({ width, height }) => Math.min(width, height) < smallestSide);
}

/** The cases that this round found to be similar; those of the round before where it looked for none. */
function casesOf({ turns, evidence }: RoundState): CaseEvidence[] {
  const searches = turns.flatMap((turn) => turn.searches);
  const found = searches.filter(({ call, failure }) => call.tool === "find_similar_cases" && !failure);
  const items = found.length === 0 ? evidence : found.flatMap((search) => search.evidence);
  return items.filter((item): item is CaseEvidence => item.type === "case");
}
