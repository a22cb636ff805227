import type { CaseEvaluation } from "#assembly";

/** Of queries; those that share only a text, or an image that seems to be cut out of another, are told and searched all the same. */
export function sayLeaks(splits: CaseEvaluation["splits"]): string[] {
  const sum = (read: (leaks: CaseEvaluation["splits"][number]["leaks"]) => number) =>
    splits.reduce((total, { leaks }) => total + read(leaks), 0);
  const touched = sum((leaks) => leaks.touched);
  if (touched === 0) return ["Leaks: no query is related to a case that it is searched among."];
  const reasons = reasonsOf((reason) => sum((leaks) => leaks.reasons[reason]));
  const most = Math.max(...splits.map(({ leaks }) => leaks.share));
  const worst = splits.length > 1 ? `, in one split ${percent(most)}` : "";
  return [
    `Leaks: ${percent(touched / sum((leaks) => leaks.queries))} of the queries are related to a case that they are searched among${worst}: ${reasons}.`,
  ];
}

/** What the search itself left out of its hits. */
export function sayLeftOut({ excluded }: CaseEvaluation["runs"][number]): string[] {
  if (excluded.touched === 0) return [];
  return [
    `Left out of the searches: ${reasonsOf((reason) => (reason === "overlappingText" ? 0 : excluded[reason]))}.`,
  ];
}

const reasonWords = {
  sameImage: "same image",
  nearIdentical: "nearly the same image",
  samePatient: "same patient",
  sameSlide: "same slide",
  overlappingText: "overlapping text",
};

/** The reasons that there are, with their counts. */
function reasonsOf(read: (reason: keyof typeof reasonWords) => number): string {
  const reasons = Object.keys(reasonWords) as (keyof typeof reasonWords)[];
  return reasons
    .filter((reason) => read(reason) > 0)
    .map((reason) => `${reasonWords[reason]} ${read(reason)}`)
    .join(", ");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
