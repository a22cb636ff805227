import { useMemo, useSyncExternalStore } from "react";

export const views = ["results", "samples", "compare", "run"] as const;
export type View = (typeof views)[number];

/** A row that is shown in full, and the one that is shown beside it. */
export type RowPlace = { row: number; beside: number | null };

/** What the address names: `#samples`, and of it a row in full, `#samples/17`, or two beside each other, `#compare/17/40`. */
export type ReportAddress = { view: View; place: RowPlace | null };

export function useReportAddress(first: View): ReportAddress {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => readReportAddress(hash, first), [hash, first]);
}

/** `first` is what a report opens with. */
export function readReportAddress(hash: string, first: View = "results"): ReportAddress {
  const [, name = "", row, beside] = /^#([a-z]+)(?:\/(\d{1,9}))?(?:\/(\d{1,9}))?$/.exec(hash) ?? [];
  const view = views.find((one) => one === name);
  if (view === undefined) return { view: first, place: null };
  const place = row === undefined ? null : { row: Number(row), beside: beside ? Number(beside) : null };
  return { view, place };
}

export function openRow(view: View, { row, beside }: RowPlace): void {
  location.hash = `#${view}/${row}${beside === null ? "" : `/${beside}`}`;
}

export function closeRow(): void {
  const { view, place } = readReportAddress(location.hash);
  if (place !== null) history.replaceState(null, "", `#${view}`);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}
