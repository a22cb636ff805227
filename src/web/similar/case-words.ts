import { type Case, type ImageKind, imageKindTitles } from "#contracts";
import { shorten } from "../plain-text.ts";
import type { FilterField } from "./similar-query.ts";

/** Facts about a case that tell where it is from and how it was taken: “chest · PA”. */
export function sayOrigin({ corpus, metadata }: Pick<Case, "corpus" | "metadata">): string {
  const { view, plane, modality } = metadata;
  const taken = [modality, view ?? plane].filter((value) => typeof value === "string" && value.trim() !== "");
  return [corpus, ...taken].map((part) => shorten(String(part), 40)).join(" · ");
}

/** The labels that are present: the one that is to be first, then the shared ones. */
export function presentLabels(
  { labels }: Pick<Case, "labels">,
  { shared = [], first = null }: { shared?: readonly string[]; first?: string | null } = {},
): { name: string; isShared: boolean }[] {
  const rank = (name: string) => (name === first ? 0 : shared.includes(name) ? 1 : 2);
  return labels
    .filter(({ status }) => status === "present")
    .map(({ name }) => ({ name, isShared: shared.includes(name) }))
    .sort((one, other) => rank(one.name) - rank(other.name));
}

/** A value that cases can be narrowed to, as it is shown: a kind by its title, a short view as “PA”. */
export function sayValue(field: FilterField, value: string): string {
  if (field === "kind") return imageKindTitles[value as ImageKind] ?? value;
  return field === "view" && value.length <= 3 ? value.toUpperCase() : value;
}
