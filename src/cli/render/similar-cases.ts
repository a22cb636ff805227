import { type CaseHit, type Comparison, namePlace, type SearchResult } from "#contracts";
import { plain, type Terminal, wrap } from "../terminal.ts";
import { count } from "./count.ts";
import { renderCases } from "./evidence.ts";

/** Most matching regions that are named of a case. */
const mostMatches = 3;
/** Most labels that are named of those without a case. */
const mostLabels = 10;

/**
 * The cases of a search as tables: the best, the best of each label, the most similar label first, and the same patient's apart; then
 * what is missing, and what scores and places mean.
 */
export function renderSimilarCases(
  result: SearchResult,
  options: {
    terminal: Terminal;
    /** Where each case and the image match, by the case's id; without it, what cases share is not told. */
    comparisons?: ReadonlyMap<string, Comparison> | undefined;
    /** The likeness below which a case is of another kind than the image. */
    unlikeBelow: number;
  },
): string[] {
  const { terminal, comparisons, unlikeBelow } = options;
  const { cases, byLabel = [], samePatient = [] } = result;
  const labels = byLabel
    .filter((group) => group.cases.length > 0)
    .sort((one, other) => (other.cases[0]?.score ?? 0) - (one.cases[0]?.score ?? 0));
  // Where words were asked for, too, they may have found a case of another kind.
  const unlike = cases.filter(({ likeness = 1, stages }) => !stages && likeness < unlikeBelow).length;
  const section = (title: string, hits: readonly CaseHit[]) => {
    if (hits.length === 0) return [];
    return ["", terminal.paint("strong", title), ...renderHits(hits, options)];
  };
  const sections = [
    ...labels.flatMap(({ label, cases: best }) => section(plain(label), best)),
    ...section("Same patient, left out above", samePatient),
  ];
  return [
    ...renderHits(cases, options),
    ...sections,
    ...(sections.length > 0 ? [""] : []),
    ...[...sayMissing(result), ...(unlike > 0 ? [sayUnlike(unlike, cases.length)] : [])].map((line) =>
      terminal.paint("doubt", wrap(line, terminal.width)),
    ),
    ...[...sayScore(cases), ...(comparisons && cases.length > 0 ? [leftAndRight] : [])].map((line) =>
      terminal.paint("quiet", wrap(line, terminal.width)),
    ),
  ];
}

const leftAndRight = "Left and right are those of the picture, not of the patient.";

/** Values that no case has, and labels of which there are too few cases. */
function sayMissing({ unknownValues = [], shortOf = [] }: SearchResult): string[] {
  const none = shortOf.filter(({ found }) => found === 0).map(({ label }) => plain(label));
  const named = none.slice(0, mostLabels).join(", ");
  const more = none.length > mostLabels ? ` and ${none.length - mostLabels} more` : "";
  const labels = none.length === 1 ? "the label" : `${none.length} labels:`;
  return [
    ...unknownValues.map(({ field, value }) => `No case has the ${field} “${plain(value)}”.`),
    ...shortOf
      .filter(({ found }) => found > 0)
      .map(({ label, found }) => `Only ${count(found, "case")} with “${plain(label)}”.`),
    ...(none.length > 0 ? [`No case found with ${labels} ${named}${more}.`] : []),
  ];
}

function sayUnlike(unlike: number, shown: number): string {
  return unlike === shown
    ? "None of these cases looks like the image: the library may hold none of its kind."
    : `${unlike} of these ${shown} cases hardly ${unlike === 1 ? "looks" : "look"} like the image.`;
}

/** On what scale cases are scored. */
function sayScore([best]: readonly CaseHit[]): string[] {
  if (!best) return [];
  if (best.stages)
    return ["Scores add up from the ranks in several lists, so they compare within this search alone."];
  if (best.likeness !== undefined) return ["Scores go from −1 to 1 and compare within this library alone."];
  return ["Scores tell how well the words fit (BM25)."];
}

function renderHits(
  hits: readonly CaseHit[],
  { terminal, comparisons }: Omit<Parameters<typeof renderSimilarCases>[1], "unlikeBelow">,
): string[] {
  const rows = renderCases(
    hits.map((hit, index) => ({ ...hit, number: index + 1 })),
    terminal,
  );
  if (!comparisons) return rows;
  return hits.flatMap((hit, index) => {
    const said = sayWhy(hit, comparisons.get(hit.case.id)).join(" · ");
    const why = said === "" ? [] : [terminal.paint("quiet", wrap(said, terminal.width, "   "))];
    return [rows[index] ?? "", ...why];
  });
}

/** As “PA · Pneumonia as in most of these cases · matches 1 upper left in both (0.55), 2 …”. */
function sayWhy(hit: CaseHit, comparison: Comparison | undefined): string[] {
  const { sharedLabels = [], alike = 0, case: found } = hit;
  const { view, modality } = found.metadata;
  const taken = [modality, view].filter((value) => typeof value === "string" && value !== "");
  const matches = (comparison?.pairs ?? []).slice(0, mostMatches).map(({ from, to, similarity }) => {
    const [one, other] = [namePlace(from), namePlace(to)];
    const place = one === other ? `${one} in both` : `${one} like ${other} of the case`;
    return `${place} (${similarity.toFixed(2)})`;
  });
  return [
    ...taken.map((value) => plain(String(value))),
    ...(sharedLabels.length > 0 ? [`${sharedLabels.map(plain).join(", ")} as in most of these cases`] : []),
    ...(alike > 0 ? [`${alike} alike hidden`] : []),
    ...(matches.length > 0 ? [`matches ${matches.join(", ")}`] : []),
  ];
}
