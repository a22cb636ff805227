import { terms } from "#text";
import { deniesShared, tidy, withoutDenial } from "./denial.ts";
import type { LabelVote } from "./differential.ts";
import { saysNothingFound, saysSomethingFound } from "./subject.ts";

/** The label by whose vote something is weighed; `denied` where the label's presence speaks against it. */
export type WeighedLabel = { vote: LabelVote; denied: boolean };

/**
 * The label that an option speaks of. The same words win over the same terms, these over a label within the option or an
 * option within the label; among equals the first of the differential does. `denied` where exactly one of the two denies what
 * they share: the option "No tumor" and the label "Tumor", or the other way round. A label that nothing was found is named only
 * by an option that says so, or that says that something was.
 */
export function matchLabel(option: string, differential: readonly LabelVote[]): WeighedLabel | undefined {
  let best: (WeighedLabel & { rank: number }) | undefined;
  for (const vote of differential) {
    const match = compare(vote.label, option);
    if (match && match.rank > (best?.rank ?? 0)) best = { vote, ...match };
  }
  return best && { vote: best.vote, denied: best.denied };
}

function compare(label: string, option: string): { rank: number; denied: boolean } | undefined {
  if (tidy(label) === tidy(option)) return { rank: 3, denied: false };
  if (saysNothingFound(label)) {
    if (saysNothingFound(option)) return { rank: 2, denied: false };
    return saysSomethingFound(option) ? { rank: 2, denied: true } : undefined;
  }
  const labelPhrase = withoutDenial(tidy(label)).phrase;
  const optionPhrase = withoutDenial(tidy(option)).phrase;
  const first = new Set(terms(labelPhrase));
  const second = new Set(terms(optionPhrase));
  const within = first.isSubsetOf(second);
  if (first.size === 0 || second.size === 0 || !(within || second.isSubsetOf(first))) return undefined;
  const shared = within ? labelPhrase : optionPhrase;
  return {
    rank: first.size === second.size ? 2 : 1,
    denied: deniesShared(tidy(label), shared) !== deniesShared(tidy(option), shared),
  };
}
