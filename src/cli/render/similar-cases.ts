import { type CaseHit, type Comparison, namePlace, type SearchResult } from "#contracts";
import { plain, type Terminal, wrap } from "../terminal.ts";
import { renderCases } from "./evidence.ts";

/** Most matching regions that are named of a case. */
const mostMatches = 3;

/** The cases of a search as tables: the best, the best of each label, and the same patient's apart. */
export function renderSimilarCases(
  result: SearchResult,
  options: {
    terminal: Terminal;
    /** Where each case and the image match, by the case's id; without it, what cases share is not told. */
    comparisons?: ReadonlyMap<string, Comparison> | undefined;
  },
): string[] {
  const { terminal } = options;
  const { cases, byLabel = [], shortOf = [], samePatient = [], unknownValues = [] } = result;
  const section = (title: string, hits: readonly CaseHit[]) => {
    if (hits.length === 0) return [];
    return ["", terminal.paint("strong", title), ...renderHits(hits, options)];
  };
  return [
    ...renderHits(cases, options),
    ...byLabel.flatMap(({ label, cases: best }) => section(plain(label), best)),
    ...section("Same patient, left out above", samePatient),
    ...unknownValues.map(({ field, value }) => {
      return terminal.paint("doubt", `No case has the ${field} “${plain(value)}”.`);
    }),
    ...shortOf.map(({ label, found }) => {
      return terminal.paint("doubt", `Of “${plain(label)}” there is no more than ${found}.`);
    }),
  ];
}

function renderHits(
  hits: readonly CaseHit[],
  { terminal, comparisons }: Parameters<typeof renderSimilarCases>[1],
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

/** As “PA · most share Pneumonia · matches 1 upper left in both (0.55), 2 …”. */
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
    ...(sharedLabels.length > 0 ? [`most share ${sharedLabels.map(plain).join(", ")}`] : []),
    ...(alike > 0 ? [`${alike} alike hidden`] : []),
    ...(matches.length > 0 ? [`matches ${matches.join(", ")}`] : []),
  ];
}
