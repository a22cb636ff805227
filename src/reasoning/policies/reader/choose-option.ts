import type { CaseEvidence, DifferentialEntry, Option, PassageEvidence } from "#contracts";
import { wilsonInterval } from "#statistics";
import { deniesItself } from "./denial.ts";
import type { LabelVote } from "./differential.ts";
import { findAskedLabel } from "./judge-question.ts";
import { readJudgment, standsForRest } from "./judgment.ts";
import { matchLabel, type WeighedLabel } from "./match-label.ts";
import { weighJudgments } from "./weigh-judgments.ts";
import { weighByPassages } from "./weigh-passages.ts";

/** How much of an option's vote passages that speak for another can take away. */
const passageShare = 0.2;
/** What an option has that no label of the cases names. */
const unnamed: Vote = { probability: 0.02, interval: [0, 1] };

/** An option's own vote. */
type Vote = Pick<DifferentialEntry, "probability" | "interval">;

/**
 * The options as a differential in their own order. Probabilities sum to at most 1; what is left is something else.
 *
 * - By cases, where any option speaks of a label: vₒ is the label's probability, or its complement where the option denies it
 *   ("yes" and "no" do so with the label whose presence the question asks for), times the share of the cases' weight that knows of
 *   the label; 0.02 for an option that no label names. With u for the best backed label that no option speaks of, which "none of
 *   the above" takes as its vote,
 *
 *     p(o) = vₒ / max(1, u + Σ v) · (0.8 + 0.2 sₒ / max s)
 *
 *   where s is the passages' support, so that passages can only take away and no option is stated above its own vote. u is 0
 *   where an option denies a label, since every other label is within such an option. The interval is the vote's, Wilson's at
 *   Kish's n, drawn down to p where options compete.
 * - By passages alone otherwise: p = s, with Wilson's interval at the number of passages; without cases, options that only judge are
 *   weighed by the vote of sentences (`weighJudgments`).
 */
export function weighOptions(request: {
  question: string;
  options: readonly Option[];
  cases: readonly CaseEvidence[];
  differential: readonly LabelVote[];
  passages: readonly PassageEvidence[];
}): DifferentialEntry[] {
  const { options, cases, passages } = request;
  const support = weighByPassages(request);
  const byCases = weighByCases(request);
  if (!byCases) {
    const judged = cases.length === 0 ? weighJudgments(request) : undefined;
    return options.map(({ label }, index) => {
      const probability = (judged ?? support)[index] ?? 0;
      const interval = wilsonInterval({ proportion: probability, sampleSize: passages.length });
      return { label, probability, interval };
    });
  }
  const most = Math.max(...support);
  return byCases.map(({ label, share, interval: [low, high] }, index) => {
    const kept = 1 - passageShare + (passageShare * (support[index] ?? 0)) / most;
    const probability = share * kept;
    return { label, probability, interval: [Math.min(low, probability), Math.max(high, probability)] };
  });
}

/** The label by whose vote an option is weighed. */
export function findVote(request: {
  question: string;
  option: string;
  differential: readonly LabelVote[];
}): WeighedLabel | undefined {
  const { question, option, differential } = request;
  const judgment = readJudgment(option);
  if (judgment === undefined) return standsForRest(option) ? undefined : matchLabel(option, differential);
  const asked = judgment === "open" ? undefined : findAskedLabel(question, differential);
  if (!asked) return undefined;
  const { vote, questionDenies, labelDenies } = asked;
  const saysAbsent =
    judgment === "absent" ||
    (judgment === "agrees" && questionDenies) ||
    (judgment === "disagrees" && !questionDenies);
  return { vote, denied: saysAbsent !== labelDenies };
}

function weighByCases({
  question,
  options,
  differential,
}: Parameters<typeof weighOptions>[0]):
  | { label: string; share: number; interval: [number, number] }[]
  | undefined {
  const named = options.map(({ text }) => findVote({ question, option: text, differential }));
  if (named.every((found) => found === undefined)) return undefined;
  const other = findOther(named, differential);
  const votes = options.map(({ text }, index): Vote => {
    const found = named[index];
    if (found) return voteOf(found);
    return standsForRest(text) ? other : unnamed;
  });
  const counted = options.some(({ text }) => standsForRest(text)) ? 0 : other.probability;
  const total = votes.reduce((sum, { probability }) => sum + probability, counted);
  return options.map(({ label }, index) => {
    const { probability, interval } = votes[index] ?? unnamed;
    return { label, share: probability / Math.max(1, total), interval };
  });
}

function voteOf({ vote, denied }: WeighedLabel): Vote {
  const { probability, known, backing, interval } = vote;
  const [low, high] = interval;
  return denied
    ? { probability: (1 - probability) * known, interval: [1 - high, 1 - low] }
    : { probability: backing, interval };
}

/**
 * The vote of the best backed label that no option speaks of; 0 where an option denies something. A label that denies something
 * is no alternative.
 */
function findOther(named: readonly (WeighedLabel | undefined)[], differential: readonly LabelVote[]): Vote {
  const nothing: Vote = { probability: 0, interval: [0, 1] };
  if (named.some((found) => found && found.denied !== deniesItself(found.vote.label))) return nothing;
  const other = differential.find(
    (vote) => vote.share > 0 && !deniesItself(vote.label) && !named.some((found) => found?.vote === vote),
  );
  return other ? voteOf({ vote: other, denied: false }) : nothing;
}
