import type { AuditedCases, Distillation, LibraryAudit, SplitAudit } from "#assembly";
import { plain, type Terminal, wrap } from "../terminal.ts";
import { count } from "./count.ts";
import { renderTable } from "./table.ts";

const examplesShown = 10;
const itemsShown = 3;
const refusalsShown = 10;

const reasons = [
  ["sameImage", "pixels", "The same pixels"],
  [
    "nearIdentical",
    "picture",
    "The same picture in another form (size, encoding, turned, mirrored, cropped)",
  ],
  ["samePatient", "patient", "The same patient"],
  ["sameSlide", "slide", "The same slide"],
  ["overlappingText", "text", "Overlapping text"],
] as const;

/** What a library holds of test sets. */
export function renderLibraryAudit(audit: LibraryAudit, terminal: Terminal): string[] {
  const { library, cases, passages, sets, testSets, seconds } = audit;
  const size = `${count(cases, "case")} and ${count(passages, "passage")}`;
  return [
    wrap(`${plain(library)}: ${size}, compared in ${seconds.toFixed(1)} s.`, terminal.width),
    ...(sets.length > 0 ? ["", ...renderCases(sets, terminal)] : []),
    ...(testSets.length > 0 ? ["", ...renderTestSets(audit, terminal)] : []),
  ];
}

/** What the parts of a manifest share. */
export function renderSplitAudit(audit: SplitAudit, terminal: Terminal): string[] {
  const { manifest, field, without, sets, seconds } = audit;
  const compared = `${plain(manifest)}: its parts by ${plain(field)}, each compared with the others in ${seconds.toFixed(1)} s.`;
  return [
    wrap(compared, terminal.width),
    ...(without > 0 ? [`Without ${plain(field)}, not compared: ${count(without, "case")}.`] : []),
    "",
    ...renderCases(sets, terminal),
  ];
}

/** A table of test sets: how many of their questions were met, by the strongest reason. */
export function renderLeakSummary(testSets: Distillation["testSets"]): string[] {
  const rows = testSets.map(({ set, questions, tooShort, touched, share, reasons: found }) => [
    plain(set),
    String(questions),
    String(tooShort),
    String(touched),
    percent(share),
    ...[found.contained, found["13-gram"], found["n-gram-share"], found["near-duplicate"]].map(String),
  ]);
  return renderTable(
    [["Test set", "questions", "short", "met", "share", "whole", "13-gram", "n-grams", "alike"], ...rows],
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
}

function renderCases(sets: readonly AuditedCases[], terminal: Terminal): string[] {
  const rows = sets.map(({ name, queries, touched, share, ...set }) => [
    plain(name),
    String(queries),
    String(touched),
    percent(share),
    ...reasons.map(([reason]) => String(set.reasons[reason])),
  ]);
  const head = ["Cases of", "cases", "met", "share", ...reasons.map(([, column]) => column)];
  return [
    ...renderTable([head, ...rows], [1, 2, 3, 4, 5, 6, 7, 8]),
    ...sets.flatMap((set) => [...renderExamples(set, terminal), ...renderRefusals(set, terminal)]),
  ];
}

function renderExamples({ name, leaks }: AuditedCases, { width }: Terminal): string[] {
  return reasons.flatMap(([reason, , words]) => {
    const found = leaks.flatMap(({ query, reasons: all }) =>
      all[reason] ? [{ query, ...all[reason] }] : [],
    );
    if (found.length === 0) return [];
    const lines = found.slice(0, examplesShown).map(({ query, count: amount, items }) => {
      const left = amount - Math.min(amount, itemsShown);
      const met = items.slice(0, itemsShown).map(plain).join(", ");
      return wrap(`${plain(query)}: ${met}${left > 0 ? ` and ${left} more` : ""}`, width, "  ");
    });
    return ["", wrap(`${words}, ${plain(name)}:`, width), ...lines, ...more(found.length - lines.length)];
  });
}

function renderRefusals({ name, refused }: AuditedCases, { width, paint }: Terminal): string[] {
  if (refused.length === 0) return [];
  const lines = refused.slice(0, refusalsShown).map(({ line, message, code }) => {
    return wrap(`${plain(name)}:${line}: ${plain(message)} (${code})`, width, "  ");
  });
  const told = `Refused, not compared: ${refused.length}`;
  return ["", paint("doubt", told), ...lines, ...more(refused.length - lines.length)];
}

function renderTestSets({ testSets, leaking, passages }: LibraryAudit, { width }: Terminal): string[] {
  const shown = leaking.slice(0, examplesShown).map(({ passage, leaks }) => {
    const met = leaks.map(({ set, id, reason }) => `${plain(set)} ${plain(id)} (${reason})`).join(", ");
    return wrap(`${plain(passage)}: ${met}`, width, "  ");
  });
  const note =
    "Copies and light edits are seen, paraphrases are not; short questions (under six words) are not looked for.";
  return [
    ...renderLeakSummary(testSets),
    "",
    wrap(`${count(leaking.length, "passage")} of ${passages} hold a test question. ${note}`, width),
    ...(shown.length > 0 ? ["", "Passages:", ...shown] : []),
    ...more(leaking.length - shown.length),
  ];
}

function more(left: number): string[] {
  return left > 0 ? [`  … and ${left} more; --json lists all.`] : [];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
