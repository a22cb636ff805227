import type { Evidence } from "#contracts";
import { groundByWords } from "#reasoning";
import { terms } from "#text";
import { evidenceOf } from "../evidence-of-trajectory.ts";
import { invalidMeasurement, isIn } from "../measurements.ts";
import type { ReadTrajectory } from "../read-trajectory.ts";
import type { Reading, Reward } from "../reward.ts";

/** A model of inference that gives a claim at least this much says that the evidence supports it. */
const leastSupport = 0.5;
const longestAnswer = 20_000;

/** After faithfulness of RAGAS (arXiv 2309.15217), by the words of claim and evidence unless a model of inference was asked. */
export const grounding: Reward = {
  name: "grounding",
  about:
    "0–1: the share of the answer's claims that what was found supports; a claim that has nothing to do with the question counts as unsupported.",
  read(trajectory) {
    const { claimSupport } = trajectory.measured;
    if (claimSupport === undefined) return readByWords(trajectory);
    if (!claimSupport.every(({ support }) => isIn(support, 0, 1))) {
      return invalidMeasurement("The support of a claim is no number in 0–1.");
    }
    return shareOf(claimSupport.map(({ support }) => support >= leastSupport));
  },
};

function readByWords(trajectory: ReadTrajectory): Reading {
  const { answer, question, options } = trajectory;
  if (answer === null) return { value: null, reason: "There is no answer." };
  const text = answer.slice(0, longestAnswer);
  const empty = { choice: null, confidence: null, abstained: false, differential: [], citations: [] };
  const ground = (evidence: readonly Evidence[]) =>
    groundByWords({ answer: { text, ...empty }, evidence, options });
  // Most answers claim nothing, and reading evidence is what takes time.
  if (ground([]).sentences.every(({ status }) => status === "not-checked")) return shareOf([]);
  const read = ground(evidenceOf(trajectory));
  if (read.otherLanguage) return { value: null, reason: "Answer and evidence are in different languages." };
  const asked = new Set(terms([question, ...options.map((option) => option.text)].join("\n")));
  const claims = read.sentences.filter(({ status }) => status !== "not-checked");
  return shareOf(
    claims.map(({ status, start, end }) => {
      const isRelevant = terms(text.slice(start, end)).some((term) => asked.has(term));
      return status === "supported" && isRelevant;
    }),
  );
}

function shareOf(claims: readonly boolean[]): Reading {
  if (claims.length === 0) return { value: null, reason: "The answer claims nothing beside its choice." };
  return { value: claims.filter(Boolean).length / claims.length };
}
