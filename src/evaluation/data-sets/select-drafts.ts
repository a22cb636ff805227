import { MedRoundsError } from "#contracts";
import { sha256 } from "#platform";
import type { CollectedDraft, CollectedDrafts } from "./collect-drafts.ts";
import { splitName } from "./split-name.ts";

/** Values of tags; a sample is taken where each of the named tags has one of its values. */
type SampleFilter = Readonly<Record<string, string | readonly string[]>>;

export type Selection = {
  split?: string | undefined;
  filter?: SampleFilter | undefined;
  /** Whether a sample with an image of this path, of the data set that its tag `data_set` names, is taken; all are where left out. */
  takesImage?: ((path: string, dataSet: string) => boolean) | undefined;
  limit?: number | undefined;
  seed?: number | undefined;
};

/**
 * The drafts of a split that a filter takes; with a limit so many of them, drawn by the seed in proportion to their gold answers and
 * tasks. What is drawn depends on the seed and the samples' ids alone, not on the order of files and rows, in which it is given.
 * Throws `data-set-invalid` where a split or a tag is not there, or nothing is left.
 */
export function selectDrafts(
  { drafts, splits }: CollectedDrafts,
  { split, filter = {}, takesImage, limit, seed = 1 }: Selection,
): readonly CollectedDraft[] {
  const wanted = split === undefined ? drafts : drafts.filter(({ tags }) => tags.split === splitName(split));
  if (wanted.length === 0 && split !== undefined && drafts.length + splits.size > 0) {
    const there = [...splits].sort().join(", ") || "none";
    throw nothing(`No row is of the split ${split.slice(0, 60)}; the splits that are there: ${there}.`);
  }
  let left = wanted;
  for (const [tag, values] of Object.entries(filter)) {
    const accepted = new Set([values].flat());
    const there = new Set(left.map(({ tags }) => tags[tag] ?? ""));
    left = left.filter(({ tags }) => accepted.has(tags[tag] ?? ""));
    if (left.length > 0) continue;
    const known = [...there].filter(Boolean).sort().slice(0, 12).join(", ") || "none";
    throw nothing(`No row has the tag ${tag} as the filter wants it; its values there: ${known}.`);
  }
  if (takesImage) {
    left = left.filter(({ draft, tags }) =>
      draft.images?.some((image) =>
        takesImage(image.type === "file" ? image.path : image.name, tags.data_set ?? ""),
      ),
    );
    if (left.length === 0) throw nothing("The file of records asks about no row.");
  }
  return limit === undefined || limit >= left.length ? left : draw({ drafts: left, limit, seed });
}

function draw(request: {
  drafts: readonly CollectedDraft[];
  limit: number;
  seed: number;
}): readonly CollectedDraft[] {
  const { drafts, limit, seed } = request;
  const strata = [...Map.groupBy(drafts, stratumOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const shares = strata.map(([, members]) => (limit * members.length) / drafts.length);
  const counts = shares.map(Math.floor);
  const byRest = [...shares.keys()].sort((a, b) => rest(shares[b]) - rest(shares[a]) || a - b);
  const missing = limit - counts.reduce((sum, count) => sum + count, 0);
  for (const position of byRest.slice(0, missing)) counts[position] = (counts[position] ?? 0) + 1;
  const drawn = new Set(
    strata.flatMap(([, members], position) => {
      const ranked = members.map((member) => ({ member, rank: sha256(`${seed}\n${member.key}`) }));
      ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
      return ranked.slice(0, counts[position]).map(({ member }) => member);
    }),
  );
  return drafts.filter((draft) => drawn.has(draft));
}

function stratumOf({ draft: { gold }, tags }: CollectedDraft): string {
  const answer = gold.type === "option" ? gold.label : gold.type === "class" ? gold.name : "";
  return [tags.data_set ?? "", tags.task ?? "", gold.type, answer].join("\n");
}

function rest(share = 0): number {
  return share - Math.floor(share);
}

function nothing(message: string): MedRoundsError {
  return new MedRoundsError("data-set-invalid", message);
}
