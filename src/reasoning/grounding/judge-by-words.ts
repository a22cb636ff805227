import type { AnswerSentence } from "./answer-sentences.ts";
import { readClauses } from "./clauses.ts";
import type { Premise } from "./premises.ts";
import type { Verdict } from "./reading.ts";
import type { Likeness, PremiseSearch } from "./search-premises.ts";
import { findConflict, type Statement } from "./statement.ts";

/** Share of a claim's terms, weighted by rarity, that its evidence holds at least. */
const leastCoverage = 0.7;
/** Labels and cells have no verbs. */
const leastOfLabels = 0.6;
/** How many premises a claim is compared with closely. */
const mostCompared = 6;

/**
 * Judges a sentence by its words: each of its clauses needs a premise that holds most of its terms and differs in no number, unit,
 * side or denial. What the sentence cites is asked first. General texts bear nothing that has but one term: "There is pneumonia."
 */
export function judgeByWords(sentence: AnswerSentence, search: PremiseSearch): Verdict {
  const verdicts = readClauses(sentence.words).map((clause) => ({
    clause,
    ...judgeClause(clause, sentence.cited, search),
  }));
  const score = Math.min(...verdicts.map((verdict) => verdict.score));
  const failing = verdicts.filter(({ supported }) => !supported);
  const against = failing.find(({ conflict }) => conflict !== null);
  if (failing.length > 0) {
    return {
      supported: false,
      premise: against?.premise ?? null,
      score,
      conflict: against?.conflict ?? null,
    };
  }
  const [main] = verdicts.sort((one, other) => other.clause.terms.size - one.clause.terms.size);
  return { supported: true, premise: main?.premise ?? null, score, conflict: null };
}

function judgeClause(clause: Statement, cited: readonly number[], search: PremiseSearch): Verdict {
  const compares = clause.quantities().length > 1;
  const fits = ({ wide, type }: Premise) =>
    (!wide || compares) && (clause.terms.size > 1 || type === "case" || type === "rows");
  const isCited = ({ evidence }: Premise) => cited.includes(evidence);
  const rounds = [(premise: Premise) => isCited(premise), (premise: Premise) => !isCited(premise)];
  let best = 0;
  let against: Verdict | null = null;
  const refuted: Premise[] = [];
  for (const belongs of rounds) {
    // What the cited evidence says otherwise is not made right by other evidence.
    if (against) break;
    const likely = search.find(clause.terms, {
      among: (premise) => belongs(premise) && fits(premise),
      most: mostCompared,
    });
    best = Math.max(best, ...likely.map(({ coverage }) => coverage));
    for (const likeness of likely) {
      const { premise, coverage: score } = likeness;
      if (!isLike(clause, likeness) || refuted.some((one) => holds(premise, one))) continue;
      const { statement: evidence, context, type } = premise;
      const conflict = findConflict({ claim: clause, evidence, context, anyUnit: type === "rows" });
      if (conflict === null) return { supported: true, premise, score: Math.min(1, score), conflict };
      refuted.push(premise);
      against ??= { supported: false, premise, score: Math.min(1, score), conflict };
    }
  }
  return against ?? { supported: false, premise: null, score: Math.min(1, best), conflict: null };
}

/** Names with a digit, such as "T2" or "COVID-19", have to stand in the evidence as they are. */
function isLike(clause: Statement, { premise: { statement, context, span }, coverage }: Likeness): boolean {
  if (coverage < (span === null ? leastOfLabels : leastCoverage)) return false;
  const shared = clause.terms.intersection(statement.terms).size;
  if (shared < Math.min(2, clause.terms.size)) return false;
  return clause.terms
    .values()
    .every((term) => !/\d/.test(term) || statement.terms.has(term) || context.terms.has(term));
}

/** Whether two sentences hold one of them, which says otherwise: its neighbor does not make that right. */
function holds({ evidence, span }: Premise, one: Premise): boolean {
  if (evidence !== one.evidence || !span || !one.span) return false;
  return span.start <= one.span.start && one.span.end <= span.end;
}
