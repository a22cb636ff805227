import type { Distillation } from "#assembly";
import { plain } from "../terminal.ts";
import { renderTable } from "./table.ts";

/** A table of test sets: how many of their questions were met, by the strongest reason. */
export function renderLeakSummary(testSets: Distillation["testSets"]): string[] {
  const rows = testSets.map(({ set, questions, tooShort, touched, share, reasons }) => [
    plain(set),
    String(questions),
    String(tooShort),
    String(touched),
    `${(share * 100).toFixed(2)} %`,
    ...[reasons.contained, reasons["13-gram"], reasons["n-gram-share"], reasons["near-duplicate"]].map(
      String,
    ),
  ]);
  return renderTable(
    [["Test set", "questions", "short", "met", "share", "whole", "13-gram", "n-grams", "alike"], ...rows],
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
}
